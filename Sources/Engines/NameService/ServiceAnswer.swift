import CResolver

/// Reads answers about services. Total: whatever the bytes are, there are records, none, or nil.
enum ServiceAnswer {
    /// Records that are looked at; a name has a few.
    static let mostRecords = 32

    /// How long it is remembered that a name has no services: a carrier that adds them is found soon enough.
    static let absence: Duration = .seconds(60)

    /// Nil when the bytes are no answer.
    static func read(_ bytes: [UInt8]) -> NameAnswer<[ServiceRecord]>? {
        var found = [resolver_service](repeating: resolver_service(), count: mostRecords)
        var ttl: UInt32 = 0
        let count = unsafe resolver_read_services(bytes, Int32(bytes.count), &found, Int32(mostRecords), &ttl)
        guard count >= 0 else { return nil }
        let records = found.prefix(Int(count)).map { ServiceRecord($0) }
        return NameAnswer(value: records, ttl: records.isEmpty ? absence : .seconds(Int64(ttl)))
    }
}

extension ServiceRecord {
    fileprivate init(_ record: resolver_service) {
        let name = unsafe withUnsafeBytes(of: record.target) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init(
            priority: Int(record.priority),
            weight: Int(record.weight),
            port: Int(record.port),
            target: name == "." ? "" : name.lowercased()
        )
    }
}
