/// Cuts a message into lines; a lone line feed ends a line too.
struct SIPLineReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What has not been read.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// Empty lines before a start line are ignored (RFC 3261 section 7.5).
    mutating func skipEmptyLines() {
        while position < bytes.count, bytes[position] == 0x0D || bytes[position] == 0x0A { position += 1 }
    }

    /// The next line without its end, or nil at the end of the bytes.
    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        let start = position
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        position = min(end + 1, bytes.count)
        let isCRLF = end > start && bytes[end - 1] == 0x0D
        return bytes[start..<(isCRLF ? end - 1 : end)]
    }

    /// The next header line with its continuation lines joined by a space (RFC 3261 section 7.3.1).
    mutating func nextFolded() -> [UInt8]? {
        guard let first = next() else { return nil }
        var line = Array(first)
        guard !line.isEmpty else { return line }
        while position < bytes.count, SIPText.isSpace(bytes[position]), let more = next() {
            line.append(0x20)
            line += more.drop(while: SIPText.isSpace)
        }
        return line
    }
}
