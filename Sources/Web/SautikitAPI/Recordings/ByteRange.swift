/// A single range of a `Range` header (RFC 9110 section 14.1.2).
enum ByteRange {
    /// The bytes of `bytes=0-99`, `bytes=100-` or `bytes=-100`; nil for several ranges or one outside of the file.
    static func parse(_ header: String, size: Int) -> ClosedRange<Int>? {
        guard header.hasPrefix("bytes="), size > 0 else { return nil }
        let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0].isEmpty {
            guard let count = Int(parts[1]), count > 0 else { return nil }
            return max(0, size - count)...(size - 1)
        }
        guard let first = Int(parts[0]), first >= 0, first < size else { return nil }
        if parts[1].isEmpty { return first...(size - 1) }
        guard let last = Int(parts[1]), last >= first else { return nil }
        return first...min(last, size - 1)
    }
}
