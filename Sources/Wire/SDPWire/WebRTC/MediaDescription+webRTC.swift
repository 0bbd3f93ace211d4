extension MediaDescription {
    /// Transports of browsers (RFC 5764 section 8, RFC 8829 section 5.1.2).
    static let webTransports: Set<String> = ["UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "TCP/TLS/RTP/SAVPF"]
    /// The most lines of one kind that are looked at.
    static let mostLines = 64

    /// Names the stream (RFC 5888 section 4).
    package var identification: String? { values(of: "mid").first }

    /// Where the describer may be reached, as far as it said.
    package var candidates: [ICECandidate] { values(of: "candidate").compactMap { ICECandidate($0) } }

    func values(of name: String) -> [String] {
        attributes.lazy.filter { $0.name == name }.prefix(Self.mostLines).map { $0.value ?? "" }
    }

    /// The parameters of a payload type.
    func parameters(of payloadType: Int) -> String? {
        for value in values(of: "fmtp") {
            let words = value.split(separator: " ", maxSplits: 1)
            if words.count == 2, Int(words[0]) == payloadType { return String(words[1]) }
        }
        return nil
    }
}
