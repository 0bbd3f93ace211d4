import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Devices that say an address at which nobody can reach them.
@Suite(.timeLimit(.minutes(2))) struct DeviceNATTests {
    /// A node with one credential, and a peer that has registered from behind a NAT.
    ///
    /// - Parameters:
    ///   - host: where the peer says that it is.
    ///   - isRelayed: whether it relays what a telephone there says.
    private static func run(
        keepAlive: Duration = .seconds(25),
        host: String = "10.0.0.5",
        isRelayed: Bool = false,
        answers: @escaping @Sendable (SIPRequest) -> [[UInt8]],
        _ body: (VoiceWorld, RawSIPPeer, @escaping @Sendable () async throws -> [Registration]) async throws -> Void
    ) async throws {
        let change: (inout VoiceWorld.Settings) -> Void = { $0.keepAlive = keepAlive }
        try await VoiceWorld.run(change) { world in
            let made = try await ManageSIPCredentials(world.context).create(
                number: VoiceWorld.number,
                workspaceID: world.workspace.id,
                label: "Desk"
            )
            let account = DigestAccount(username: made.credential.username, password: made.password)
            let peer = try await RawSIPPeer(answers)
            let uri = "sip:127.0.0.1:\(world.port)"
            let vias =
                (isRelayed ? ["Via: SIP/2.0/UDP 127.0.0.1:\(peer.port);branch=z9hG4bKproxy"] : [])
                + ["Via: SIP/2.0/UDP \(host):5062;branch=z9hG4bKphone;rport"]
            let contact = "Contact: <sip:\(account.username)@\(host):5062>;expires=300"
            let lines = vias + [contact]
            let first = register(account.username, lines, uri, number: 1, credentials: nil)
            let challenged = try await peer.ask(first, to: world.port, 401)
            let challenge = try #require(
                challenged.headers.all(.wwwAuthenticate).compactMap { DigestChallenge($0) }.last
            )
            let credentials = DigestReply.text(challenge, account, method: "REGISTER", uri: uri)
            let second = register(account.username, lines, uri, number: 2, credentials: credentials)
            let accepted = try await peer.ask(second, to: world.port, 200)
            #expect(accepted.headers.contact?.uri.host == host)
            try await body(world, peer) {
                try await FindDevices(world.context).named(account.username, workspaceID: world.workspace.id)
            }
            await peer.stop()
        }
    }

    private static func register(
        _ name: String,
        _ own: [String],
        _ uri: String,
        number: Int,
        credentials: String?
    ) -> String {
        let lines = [
            "REGISTER \(uri) SIP/2.0", "From: <sip:\(name)@127.0.0.1>;tag=t\(number)", "To: <sip:\(name)@127.0.0.1>",
            "Call-ID: nat-1", "CSeq: \(number) REGISTER", "Max-Forwards: 70",
        ]
        let more = credentials.map { ["Authorization: \($0)"] } ?? []
        let all = lines + own.map { $0.replacing(";branch=z9hG4bK", with: ";branch=z9hG4bK\(number)") } + more
        return all.joined(separator: "\r\n") + "\r\nContent-Length: 0\r\n\r\n"
    }

    /// The telephone's own address could be reached here, and in the field often cannot: only its proxy knows the way.
    @Test func aCallGoesBackThroughTheProxyOfTheRegistration() async throws {
        let carrier = try await TestTrunk { _ in }
        let silent = { @Sendable (_: SIPRequest) -> [[UInt8]] in [] }
        try await Self.run(host: "127.0.0.1", isRelayed: true, answers: silent) { world, proxy, _ in
            try await world.addTrunk(port: carrier.port)
            let phone = try carrier.call(VoiceWorld.number, from: "+254722000111", port: world.port)
            let invite = try await proxy.request(.invite)
            #expect(invite.uri.host == "127.0.0.1" && invite.uri.port == 5062)
            phone.hangUp()
        }
        await carrier.stop()
    }

    @Test func aCallGoesWhereTheRegistrationCameFrom() async throws {
        let carrier = try await TestTrunk { _ in }
        let answer = { @Sendable (request: SIPRequest) -> [[UInt8]] in
            switch request.method {
            case .options: [RawSIPPeer.response(200, to: request)]
            case .invite: [Self.answered(request)]
            case .bye: [RawSIPPeer.response(200, to: request)]
            default: []
            }
        }
        try await Self.run(answers: answer) { world, peer, _ in
            try await world.addTrunk(port: carrier.port)
            let phone = try carrier.call(VoiceWorld.number, from: "+254722000111", port: world.port)
            let invite = try await peer.request(.invite)
            #expect(invite.uri.host == "10.0.0.5" && invite.headers.from?.uri.user == "+254722000111")
            try await phone.answered()
            // Its Contact is of no use either: ACK and BYE go the same way.
            try await peer.request(.ack)
            phone.hangUp()
            #expect(try await peer.request(.bye).uri.host == "10.0.0.5")
            let call = try await world.ended(try await world.inboundCall())
            #expect(call.status == .completed)
        }
        await carrier.stop()
    }

    @Test func itsWayIsKeptOpenAndItIsDroppedWhenItIsGone() async throws {
        let isThere = Locked(true)
        let answer = { @Sendable (request: SIPRequest) -> [[UInt8]] in
            guard isThere.withLock({ $0 }) else { return [] }
            return [RawSIPPeer.response(404, to: request)]
        }
        try await Self.run(keepAlive: .milliseconds(100), answers: answer) { _, peer, registered in
            let asked = { @Sendable in
                Set(peer.requests.filter { $0.method == .options }.compactMap(\.headers.callID)).count
            }
            try await Waiting.until { asked() >= 5 ? true : nil }
            let before = try #require(try await registered().first)
            #expect(before.usesFlow && before.place.port == peer.port)
            isThere.withLock { $0 = false }
            try await Waiting.until { try await registered().isEmpty ? true : nil }
        }
    }

    @Test func aClosedConnectionIsARegistrationLess() async throws {
        try await VoiceWorld.run { world in
            let made = try await ManageSIPCredentials(world.context).create(
                number: VoiceWorld.number,
                workspaceID: world.workspace.id,
                label: "Desk"
            )
            let account = DigestAccount(username: made.credential.username, password: made.password)
            let device = try await TestDevice(account)
            #expect(await device.register(at: world.port, over: .tcp).status == 200)
            let registered = { @Sendable in
                try await FindDevices(world.context).named(account.username, workspaceID: world.workspace.id)
            }
            #expect(try await registered().count == 1)
            await device.stop()
            try await Waiting.until { try await registered().isEmpty ? true : nil }
        }
    }

    private static func answered(_ request: SIPRequest) -> [UInt8] {
        var response = request.response(200, toTag: "nat")
        response.headers.add(.contact, "<sip:desk@10.0.0.5:5062>")
        response.headers.add(.contentType, "application/sdp")
        response.body = Array(
            """
            v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n
            """.utf8
        )
        return response.bytes
    }
}
