/// What a closing frame carries (RFC 6455 section 5.5.1): a code and words, or nothing.
struct ClosePayload: Equatable {
    /// Words that leave room for the code in the 125 bytes of a control frame.
    static let longestReason = 123

    var code: SocketCloseCode?
    var reason = ""

    init(_ code: SocketCloseCode?, _ reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// Reads what a peer sent.
    init(parsing bytes: [UInt8]) throws(SocketViolation) {
        guard !bytes.isEmpty else { return }
        guard bytes.count >= 2 else { throw .closeFrame }
        let code = SocketCloseCode(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        guard code.isSendable else { throw .closeFrame }
        guard let reason = String(validating: bytes[2...], as: UTF8.self) else { throw .invalidText }
        self.code = code
        self.reason = reason
    }

    /// As it is sent: the words are cut between characters if they are too long.
    var bytes: [UInt8] {
        guard let code else { return [] }
        var words = reason
        while words.utf8.count > Self.longestReason { words.removeLast() }
        return [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + words.utf8
    }
}
