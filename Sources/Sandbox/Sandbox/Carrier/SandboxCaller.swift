import MediaEngine
import SDPWire
import SIPStack
import SIPWire

/// A phone of the sandbox carrier that calls: it greets, presses keys, and hangs up in the end.
struct SandboxCaller: Sendable {
    let agent: SIPUserAgent
    let media: MediaEngine
    let greeting: AudioSource

    /// Calls, and returns at once; the phone goes on by itself.
    ///
    /// - Throws: `MediaError` when no port is free.
    func call(_ wish: SandboxCall, at host: String, port: Int) throws(MediaError) {
        let leg = try media.openLeg()
        let endpoint = AudioEndpoint(address: "127.0.0.1", port: leg.localPort, sessionID: UInt64(leg.localPort))
        let (events, continuation) = AsyncStream.makeStream(of: SessionEvent.self)
        let invitation = OutgoingInvitation(
            uri: SIPURI(user: wish.to, host: host, port: port),
            from: NameAddress(uri: SIPURI(user: wish.from, host: "carrier.sandbox")),
            to: NameAddress(uri: SIPURI(user: wish.to, host: host)),
            target: SIPTarget(host: host, port: port, transport: .udp),
            offer: OfferAnswer.offer(endpoint).bytes,
            ringTimeout: .seconds(60)
        )
        let session = agent.invite(invitation) { continuation.yield($0) }
        session.answerOffers { offer in
            guard let offer = try? SessionDescription(parsing: offer) else { return nil }
            return OfferAnswer.answer(offer, endpoint)?.answer.bytes
        }
        Task { [greeting] in
            var acting: Task<Void, Never>?
            listening: for await event in events {
                switch event {
                case .provisional(_, let body): Self.connect(leg, body)
                case .answered(let body):
                    Self.connect(leg, body)
                    acting = Task { await Self.act(wish, leg, greeting, session) }
                case .failed, .ended: break listening
                case .acknowledged, .refreshed, .info: break
                }
            }
            acting?.cancel()
            _ = await leg.close()
        }
    }

    /// What the person does once somebody has answered.
    private static func act(_ wish: SandboxCall, _ leg: MediaLeg, _ greeting: AudioSource, _ session: SIPSession) async
    {
        do {
            if let digits = wish.digits {
                // As somebody who has heard the beginning of a menu.
                try await Task.sleep(for: .seconds(1))
                leg.sendDigits(digits)
            } else {
                leg.play(greeting, loops: 1000)
            }
            try await Task.sleep(for: wish.length)
            session.hangUp()
        } catch {
            // The other side has hung up first.
        }
    }

    private static func connect(_ leg: MediaLeg, _ body: [UInt8]) {
        guard let answer = try? SessionDescription(parsing: body), let audio = OfferAnswer.read(answer: answer) else {
            return
        }
        leg.connect(
            MediaParameters(
                remoteHost: audio.remoteAddress,
                remotePort: audio.remotePort,
                codec: audio.codec == .pcma ? .pcma : .pcmu,
                payloadType: UInt8(audio.payloadType),
                telephoneEventPayloadType: audio.telephoneEventPayloadType.map { UInt8($0) }
            )
        )
    }
}
