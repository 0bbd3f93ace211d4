/// What a `Range` header asks of a file (RFC 9110 section 14.2).
enum ByteRange: Equatable {
    /// All of it: no range, one that cannot be read, another unit, or several ranges, which a server may ignore.
    case whole
    /// These bytes.
    case part(ClosedRange<Int>)
    /// Bytes that the file does not have.
    case unsatisfiable

    /// Reads `bytes=0-99`, `bytes=100-` or `bytes=-100`.
    init(_ header: String?, size: Int) {
        guard let header, header.prefix(6).lowercased() == "bytes=", !header.contains(",") else {
            self = .whole
            return
        }
        let parts = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1]) else {
            self = .whole
            return
        }
        switch (first, last) {
        case (nil, nil): self = .whole
        case (nil, let count?): self = count > 0 && size > 0 ? .part(max(0, size - count)...(size - 1)) : .unsatisfiable
        case (let first?, let last?) where last < first: self = .whole
        case (let first?, let last): self = first < size ? .part(first...min(last ?? size, size - 1)) : .unsatisfiable
        }
    }

    /// Digits as a number, an absurd one as the greatest; `.some(nil)` for no digits, nil for anything else.
    private static func number(_ text: Substring) -> Int?? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return .some(text.isEmpty ? nil : Int(text) ?? .max)
    }
}
