import Platform
import SIPWire
import TestSupport

/// A telephone that calls a number of the node under test and says exactly what a test wants, in SIP and in RTP.
struct RawCaller {
    /// Whose voice it uses (RFC 3551 section 6).
    enum Law: Int {
        case pcmu = 0
        case pcma = 8
    }

    let peer: RawSIPPeer
    /// Where its sound goes to and comes from.
    let sound: RawSIPPeer
    private let port: Int
    private let tag: String
    /// Where the node takes its sound.
    let soundPort: Int

    /// Calls and waits for the answer; the peer has to be a trunk already.
    static func answered(by world: VoiceWorld, from peer: RawSIPPeer, _ law: Law = .pcma) async throws -> RawCaller {
        let sound = try await RawSIPPeer()
        let invite = text("INVITE", 1, from: peer, tag: nil, body: description(sound.port, law, version: 1))
        let answer = try await peer.ask(invite, to: world.port, 200)
        guard let tag = answer.headers.to?.tag,
            let line = String(decoding: answer.body, as: UTF8.self).split(whereSeparator: \.isNewline)
                .first(where: { $0.hasPrefix("m=audio ") }),
            let soundPort = Int(line.split(separator: " ")[1])
        else { throw WaitingTimeout(what: "an answer with sound: \(answer)") }
        let caller = RawCaller(peer: peer, sound: sound, port: world.port, tag: tag, soundPort: soundPort)
        try await caller.send("ACK", 1)
        return caller
    }

    /// Offers another description and waits for the final response, which it acknowledges.
    func reinvite(_ number: Int, _ law: Law) async throws -> SIPResponse {
        try await send("INVITE", number, body: Self.description(sound.port, law, version: number))
        let response = try await final("INVITE", number)
        try await send("ACK", number)
        return response
    }

    func hangUp(_ number: Int) async throws {
        try await send("BYE", number)
        _ = try await final("BYE", number)
    }

    /// Sends a packet of sound, from its own place or from somebody else's.
    func speak(_ number: Int, _ law: Law, from other: RawSIPPeer? = nil) async throws {
        let sequence = UInt16(truncatingIfNeeded: number)
        let time = UInt32(truncatingIfNeeded: number * 160)
        var bytes: [UInt8] = [0x80, UInt8(law.rawValue), UInt8(sequence >> 8), UInt8(sequence & 0xFF)]
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: time >> UInt32($0)) } + [0, 0, 0, 77]
        try await (other ?? sound).send(bytes + [UInt8](repeating: 0xAA, count: 160), to: soundPort)
    }

    /// Waits for sound in a law.
    func hears(_ law: Law) async throws {
        let before = sound.datagrams.count
        try await Waiting.until {
            sound.datagrams.dropFirst(before).contains { $0.count == 172 && $0[1] & 0x7F == law.rawValue } ? true : nil
        }
    }

    private func send(_ method: String, _ number: Int, body: String = "") async throws {
        try await peer.send(Array(Self.text(method, number, from: peer, tag: tag, body: body).utf8), to: port)
    }

    private func final(_ method: String, _ number: Int) async throws -> SIPResponse {
        let cseq = CSeq(UInt32(number), SIPMethod(rawValue: method))
        return try await Waiting.until { peer.responses.first { $0.headers.cseq == cseq && $0.status >= 200 } }
    }

    private static func text(
        _ method: String,
        _ number: Int,
        from peer: RawSIPPeer,
        tag: String?,
        body: String
    ) -> String {
        let to = "<sip:\(VoiceWorld.number)@127.0.0.1>" + (tag.map { ";tag=\($0)" } ?? "")
        var lines = [
            "\(method) sip:\(VoiceWorld.number)@127.0.0.1 SIP/2.0",
            "Via: SIP/2.0/UDP 127.0.0.1:\(peer.port);branch=z9hG4bK\(method)\(number)",
            "From: <sip:\(InboundTests.caller)@carrier.example>;tag=raw", "To: \(to)", "Call-ID: raw-\(peer.port)",
            "CSeq: \(number) \(method)", "Max-Forwards: 70", "Contact: <sip:raw@127.0.0.1:\(peer.port)>",
        ]
        if !body.isEmpty { lines.append("Content-Type: application/sdp") }
        return lines.joined(separator: "\r\n") + "\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    private static func description(_ port: Int, _ law: Law, version: Int) -> String {
        [
            "v=0", "o=- 1 \(version) IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
            "m=audio \(port) RTP/AVP \(law.rawValue)", "",
        ].joined(separator: "\r\n")
    }
}
