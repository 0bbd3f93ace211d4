import Foundation
import NIOCore
import NIOPosix
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Calls over TLS (RFC 3261 section 26.2): who is called proves who they are.
@Suite(.timeLimit(.minutes(2))) struct TLSTests {
    private static func callee(
        _ identity: TestCertificate,
        onInvite: @escaping @Sendable (SIPSession) -> Void
    ) async throws -> (agent: SIPUserAgent, port: Int) {
        let (agent, _) = try await LoopbackTests.agent({ $0.tls.listener = identity.listener() }, onInvite: onInvite)
        return (agent, try #require(await agent.tlsPort()))
    }

    private static func invitation(_ port: Int, host: String = "127.0.0.1") -> OutgoingInvitation {
        var invitation = LoopbackTests.invitation(to: port, .tls)
        invitation.target = SIPTarget(host: host, port: port, transport: .tls)
        return invitation
    }

    @Test func aCallIsEncryptedAndItsByeGoesTheSameWay() async throws {
        let identity = try await TestCertificate("IP:127.0.0.1")
        let (ends, end) = AsyncStream.makeStream(of: SessionEvent.self)
        let (callee, port) = try await Self.callee(identity) { session in
            #expect(session.source?.transport == .tls)
            #expect(session.request.headers.topVia?.transport == "TLS")
            session.onEvents { end.yield($0) }
            session.answer(body: LoopbackTests.offer)
        }
        let (caller, _) = try await LoopbackTests.agent { $0.tls.trustedCertificatesFile = identity.certificate }
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let session = caller.invite(Self.invitation(port)) { yield.yield($0) }
        _ = try await Waiting.first(of: events) { if case .answered = $0 { true } else { false } }
        session.hangUp()
        let last = try await Waiting.first(of: ends) { if case .ended = $0 { true } else { false } }
        guard case .ended(.remoteBye) = last else {
            Issue.record("\(last)")
            return
        }
        await caller.shutDown()
        await callee.shutDown()
    }

    @Test func aCertificateThatIsRenewedIsShownToWhoConnectsNext() async throws {
        let (old, new) = (try await TestCertificate("DNS:old.example"), try await TestCertificate("IP:127.0.0.1"))
        let (callee, port) = try await Self.callee(old) { $0.reject(status: 486) }
        let (caller, _) = try await LoopbackTests.agent { $0.tls.trustedCertificatesFile = new.certificate }
        try await LoopbackTests.expectFailure(.transport, caller, Self.invitation(port))
        for (from, to) in [(new.certificate, old.certificate), (new.key, old.key)] {
            try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
        }
        try await callee.renewCertificates()
        try await LoopbackTests.expectFailure(.status(486, q850: nil), caller, Self.invitation(port))
        // What cannot be read changes nothing.
        try Data("no certificate".utf8).write(to: URL(filePath: old.certificate))
        await #expect(throws: (any Error).self) { try await callee.renewCertificates() }
        let (another, _) = try await LoopbackTests.agent { $0.tls.trustedCertificatesFile = new.certificate }
        try await LoopbackTests.expectFailure(.status(486, q850: nil), another, Self.invitation(port))
        for agent in [caller, another, callee] { await agent.shutDown() }
    }

    @Test func whoCannotProveWhoTheyAreIsNotCalled() async throws {
        let (right, other) = (
            try await TestCertificate("IP:127.0.0.1"), try await TestCertificate("DNS:elsewhere.example")
        )
        for (shown, trusted) in [(right, other), (other, other)] {
            let (callee, port) = try await Self.callee(shown) { $0.reject(status: 486) }
            let (caller, _) = try await LoopbackTests.agent { $0.tls.trustedCertificatesFile = trusted.certificate }
            try await LoopbackTests.expectFailure(.transport, caller, Self.invitation(port))
            await caller.shutDown()
            await callee.shutDown()
        }
    }

    @Test func aNameIsProvenAsTheNameThatWasAskedFor() async throws {
        let identity = try await TestCertificate("DNS:localhost")
        let (callee, port) = try await Self.callee(identity) { $0.reject(status: 486) }
        let (caller, _) = try await LoopbackTests.agent { $0.tls.trustedCertificatesFile = identity.certificate }
        try await LoopbackTests.expectFailure(.status(486, q850: nil), caller, Self.invitation(port, host: "localhost"))
        try await LoopbackTests.expectFailure(.transport, caller, Self.invitation(port))
        await caller.shutDown()
        await callee.shutDown()
    }

    @Test func whoConnectsAndSaysNothingIsLetGo() async throws {
        let (agent, port) = try await LoopbackTests.agent { $0.firstMessageTimeout = .milliseconds(100) }
        let channel = try await ClientBootstrap(group: SIPLoops.group)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.closeFuture.get()
        await agent.shutDown()
    }

    @Test func aCertificateThatIsNotThereStopsTheStart() async throws {
        await #expect(throws: (any Error).self) {
            _ = try await LoopbackTests.agent {
                $0.tls.listener = SIPTLSSettings.Listener(
                    host: "127.0.0.1",
                    port: 0,
                    certificateFile: "/nowhere.pem",
                    keyFile: "/nowhere.pem"
                )
            }
        }
    }
}
