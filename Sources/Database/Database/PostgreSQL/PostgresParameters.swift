/// Parameters in the layout libpq wants: bytes in binary format, everything else as text.
struct PostgresParameters {
    private var storage: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ arguments: [SQLValue]) {
        for argument in arguments {
            switch argument {
            case .null: append(nil, format: 0)
            case .integer(let number): append(Array("\(number)".utf8), format: 0)
            case .real(let number): append(Array("\(number)".utf8), format: 0)
            case .text(let text): append(Array(text.utf8), format: 0)
            case .blob(let bytes): append(bytes, format: 1)
            }
        }
    }

    private mutating func append(_ bytes: [UInt8]?, format: Int32) {
        offsets.append(bytes == nil ? nil : storage.count)
        lengths.append(Int32(bytes?.count ?? 0))
        formats.append(format)
        storage += (bytes ?? []) + [0]
    }

    /// Calls `body` with pointers that live as long as the call.
    func with<R>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> R
    ) -> R {
        unsafe storage.withUnsafeBytes { bytes in
            let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
                guard let offset, let base = unsafe base else { return nil }
                return unsafe base + offset
            }
            return unsafe body(Int32(offsets.count), values, lengths, formats)
        }
    }
}
