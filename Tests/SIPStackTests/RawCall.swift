import SIPStack
import SIPWire
import TestSupport
import Testing

/// A call that a peer of ours placed to a user agent, message by message.
struct RawCall {
    let peer: RawSIPPeer
    let port: Int
    /// The user agent's tag.
    let tag: String?

    /// Places a call and waits for its answer.
    static func answered(at port: Int, more: [String] = []) async throws -> RawCall {
        let peer = try await RawSIPPeer()
        let answer = try await peer.ask(IncomingTests.invite(from: peer, more: more), to: port, 200)
        let call = RawCall(peer: peer, port: port, tag: answer.headers.to?.tag)
        try await call.send("ACK", 1)
        return call
    }

    /// Sends a request within the call; each needs a number of its own, but for ACK, which has its INVITE's.
    func send(_ method: String, _ number: Int, body: String = "", more: [String] = []) async throws {
        let contact = ["Contact: <sip:peer@127.0.0.1:\(peer.port)>"]
        let type = body.isEmpty ? [] : ["Content-Type: application/sdp"]
        let text = IncomingTests.request(
            method,
            from: peer,
            tag: tag,
            number: number,
            branch: "z9hG4bK\(method)\(number)",
            more: contact + type + more,
            body: body
        )
        try await peer.send(Array(text.utf8), to: port)
    }

    /// Sends a request within the call and waits for the response.
    @discardableResult
    func ask(
        _ method: String,
        _ number: Int,
        body: String = "",
        more: [String] = [],
        _ status: Int
    ) async throws -> SIPResponse {
        try await send(method, number, body: body, more: more)
        let cseq = CSeq(UInt32(number), SIPMethod(rawValue: method))
        return try await Waiting.until {
            peer.responses.first { $0.headers.cseq == cseq && $0.status == status }
        }
    }

    func count(_ method: SIPMethod, _ number: UInt32) -> Int {
        peer.responses.count { $0.headers.cseq == CSeq(number, method) }
    }
}
