/// How a document is written.
enum VoiceDocumentFormat {
    case json
    case xml

    /// The `Content-Type` decides, and where it says nothing of use, the first character; nil for what is no document.
    init?(contentType: String?, bytes: [UInt8]) {
        guard let first = bytes.first(where: { !Self.blanks.contains($0) }) else { return nil }
        let type = (contentType ?? "").prefix { $0 != ";" && $0 != "," }.filter { !$0.isWhitespace }.lowercased()
        if type == "application/json" || type.hasSuffix("+json") {
            self = .json
        } else if type == "text/xml" || type == "application/xml" || type.hasSuffix("+xml") {
            self = .xml
        } else {
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json
            case UInt8(ascii: "<"): self = .xml
            default: return nil
            }
        }
    }

    /// White space, and the three bytes of a byte order mark.
    static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
}
