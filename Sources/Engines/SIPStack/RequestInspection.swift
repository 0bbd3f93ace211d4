package import SIPWire

/// What a server looks at before it does what a request asks (RFC 3261 section 8.2), whatever the request is about.
/// Pure.
package enum RequestInspection {
    /// The only format in which we describe sessions.
    private static let sessionFormat = "application/sdp"

    /// Why a request is refused, in the order of section 8.2; nil when it may go on.
    ///
    /// - Parameter extensions: what a peer may require of us, in lower case.
    package static func refusal(of request: SIPRequest, extensions: [String] = ["timer"]) -> SIPRefusal? {
        // CANCEL and ACK undo or confirm what was understood already (section 8.2.2.3).
        guard request.method != .cancel, request.method != .ack else { return nil }
        return unsupported(request, extensions) ?? session(request)
    }

    /// Every extension that is required and unknown is named, for the peer to try without (section 20.40).
    private static func unsupported(_ request: SIPRequest, _ extensions: [String]) -> SIPRefusal? {
        let unknown = request.headers.list(.require).filter { !extensions.contains($0.lowercased()) }
        guard !unknown.isEmpty else { return nil }
        return SIPRefusal(
            420,
            "an extension is unknown",
            SIPHeaderField(.unsupported, unknown.joined(separator: ", "))
        )
    }

    /// Requests that describe sessions: what they carry, what they take, and where the dialog is to go on.
    private static func session(_ request: SIPRequest) -> SIPRefusal? {
        guard request.method == .invite || request.method == .update else { return nil }
        return content(request) ?? answerFormat(request) ?? contact(request)
    }

    /// A body of a type or encoding that we cannot read (section 8.2.3). One without a type is taken for a session
    /// description.
    private static func content(_ request: SIPRequest) -> SIPRefusal? {
        guard !request.body.isEmpty else { return nil }
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            let accepted = SIPHeaderField(SIPHeaderName("Accept-Encoding"), "identity")
            return SIPRefusal(415, "the body is encoded", accepted)
        }
        guard let type = request.headers[.contentType], mediaType(type) != sessionFormat else { return nil }
        return SIPRefusal(415, "the body is no session description", SIPHeaderField(.accept, sessionFormat))
    }

    /// Our answer is a session description, and a peer that takes none can be told nothing (section 21.4.7).
    private static func answerFormat(_ request: SIPRequest) -> SIPRefusal? {
        guard request.headers[.accept] != nil else { return nil }
        let ranges = request.headers.list(.accept).map(mediaType)
        guard !ranges.contains(where: { [sessionFormat, "application/*", "*/*"].contains($0) }) else { return nil }
        return SIPRefusal(406, "answers are session descriptions", SIPHeaderField(.accept, sessionFormat))
    }

    /// A dialog begins with knowing where the caller takes requests (section 8.1.1.8). Before RFC 3261 a caller could
    /// leave that to its From.
    private static func contact(_ request: SIPRequest) -> SIPRefusal? {
        guard request.method == .invite, request.headers.to?.tag == nil, request.headers.contact == nil,
            request.hasUniqueBranch
        else { return nil }
        return SIPRefusal(400, "Contact is missing or not SIP")
    }

    /// `type/subtype` without parameters, in lower case.
    private static func mediaType(_ value: String) -> String {
        let type = value.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        return type.lowercased()
    }
}
