/// What came of a request, as the body of a NOTIFY tells it: `message/sipfrag` (RFC 3420, RFC 3515 section 2.4.5).
package enum SIPFragment {
    /// The body for a status.
    package static func body(status: Int, reason: String? = nil) -> [UInt8] {
        Array("SIP/2.0 \(status) \(reason ?? SIPStatus.reason(status))\r\n".utf8)
    }

    /// The status that a body tells of; nil when it does not begin with a status line.
    package static func status(_ body: [UInt8]) -> Int? {
        var lines = SIPLineReader(body)
        lines.skipEmptyLines()
        guard let line = lines.next(), SIPText.isText(line) else { return nil }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0] == "SIP/2.0", words[1].utf8.count == 3, let status = Int(words[1]),
            (100...699).contains(status)
        else { return nil }
        return status
    }
}
