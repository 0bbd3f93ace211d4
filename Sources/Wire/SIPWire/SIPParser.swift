/// Reads SIP messages from bytes. Total: any bytes give a message or an error.
package struct SIPParser: Sendable {
    private let limits: SIPLimits

    /// Makes a parser with bounds.
    package init(limits: SIPLimits = SIPLimits()) {
        self.limits = limits
    }

    /// Reads a message that fills a datagram or was framed by `SIPStreamFramer`.
    ///
    /// - Throws: `SIPParseError`.
    package func parse(_ bytes: [UInt8]) throws(SIPParseError) -> SIPMessage {
        guard bytes.count <= limits.messageBytes else { throw .unreadable("longer than \(limits.messageBytes) bytes") }
        var lines = SIPLineReader(bytes)
        lines.skipEmptyLines()
        guard let start = lines.next(), !start.isEmpty else { throw .unreadable("no start line") }
        guard SIPText.isPrintable(start) else { throw .unreadable("control characters in the start line") }
        let startLine = String(decoding: start, as: UTF8.self)
        if startLine.hasPrefix("SIP/") { return .response(try response(startLine, &lines)) }
        return .request(try request(startLine, &lines))
    }

    private func request(_ startLine: String, _ lines: inout SIPLineReader) throws(SIPParseError) -> SIPRequest {
        let line = SIPRequestLine(startLine)
        // A URI that is not ours to understand still deserves an answer, so it is kept as a host that nothing routes to.
        var request = SIPRequest(method: line.method, uri: line.uri ?? SIPURI(host: "invalid"))
        let headersRefusal = readHeaders(&lines, into: &request.headers)
        guard let (_, version) = request.headers.topViaText.flatMap({ Via.read($0) }) else {
            throw .unreadable("Via is missing or malformed")
        }
        if let refusal = line.refusal ?? headersRefusal { throw .refused(request, refusal) }
        guard version == "2.0" else { throw .refused(request, SIPRefusal(400, "Via is of another version")) }
        if let problem = SIPRequestRules.problem(request) { throw .refused(request, SIPRefusal(400, problem)) }
        guard let body = body(request.headers, lines.rest) else {
            throw .refused(request, SIPRefusal(400, "Content-Length does not fit"))
        }
        request.body = body
        return request
    }

    private func response(_ startLine: String, _ lines: inout SIPLineReader) throws(SIPParseError) -> SIPResponse {
        let words = startLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "SIP/2.0", words[1].utf8.count == 3, let status = Int(words[1]),
            (100...699).contains(status)
        else { throw .unreadable("the status line is malformed") }
        var response = SIPResponse(status: status, reason: words.count == 3 ? String(words[2]) : "")
        if let refusal = readHeaders(&lines, into: &response.headers) { throw .unreadable(refusal.problem) }
        try requireTraceable(response.headers)
        guard response.headers.cseq != nil else { throw .unreadable("CSeq is missing or malformed") }
        guard let body = body(response.headers, lines.rest) else { throw .unreadable("Content-Length does not fit") }
        response.body = body
        return response
    }

    /// By what a response finds its request: our own branch and tag come back, or it is not ours.
    private func requireTraceable(_ headers: SIPHeaders) throws(SIPParseError) {
        guard headers.topVia?.branch != nil else { throw .unreadable("Via is missing or malformed") }
        guard headers.from?.tag != nil, headers.to != nil else {
            throw .unreadable("From or To is missing or malformed")
        }
        guard let callID = headers.callID, !callID.isEmpty, headers[.cseq] != nil else {
            throw .unreadable("Call-ID or CSeq is missing")
        }
    }

    /// Reads up to the empty line, or to the end of a message without a body; returns what is wrong.
    private func readHeaders(_ lines: inout SIPLineReader, into headers: inout SIPHeaders) -> SIPRefusal? {
        var fields: [SIPHeaderField] = []
        var refusal: SIPRefusal?
        // Also of a message that breaks a limit: what was read so far says whom to tell.
        defer { headers = SIPHeaders(fields) }
        while let line = lines.nextFolded(), !line.isEmpty {
            guard line.count <= limits.headerBytes else {
                return SIPRefusal(513, "a header field is longer than \(limits.headerBytes) bytes")
            }
            guard fields.count < limits.headerFields else {
                return SIPRefusal(513, "more than \(limits.headerFields) header fields")
            }
            guard let field = Self.field(line) else {
                refusal = refusal ?? SIPRefusal(400, "a header field is malformed")
                continue
            }
            fields.append(field)
        }
        return refusal
    }

    private static func field(_ line: [UInt8]) -> SIPHeaderField? {
        // Control characters (a bare CR, for one) would be read differently by the next one who reads (section 25.1).
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), SIPText.isText(line) else { return nil }
        var nameEnd = colon
        while nameEnd > 0, SIPText.isSpace(line[nameEnd - 1]) { nameEnd -= 1 }
        let name = String(decoding: line[..<nameEnd], as: UTF8.self)
        guard SIPText.isToken(name) else { return nil }
        let value = SIPText.trimmed(Substring(decoding: line[(colon + 1)...], as: UTF8.self))
        return SIPHeaderField(SIPHeaderName(name), String(value))
    }

    /// The body by `Content-Length`; bytes beyond it are dropped (RFC 3261 section 18.3), too few are an error.
    private func body(_ headers: SIPHeaders, _ rest: ArraySlice<UInt8>) -> [UInt8]? {
        guard headers[.contentLength] != nil else { return Array(rest) }
        guard let length = headers.integer(.contentLength), length <= rest.count else { return nil }
        return Array(rest.prefix(length))
    }
}
