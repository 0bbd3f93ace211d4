import NameService
import Platform
import SIPStack
import SIPWire
import TestSupport
import Testing

/// `dial` of SIP URIs over TLS: who is called proves the name that was asked for, wherever that leads (RFC 5922).
@Suite(.timeLimit(.minutes(1))) struct DialSecureTests {
    /// A PBX that shows a certificate for `subject` on a port of its own.
    private static func pbx(_ subject: String) async throws -> (pbx: TestTrunk, certificate: TestCertificate, port: Int)
    {
        let certificate = try await TestCertificate(subject)
        var configuration = VoiceWorld.Settings().sip
        configuration.tls.listener = certificate.listener()
        let pbx = try await TestTrunk(configuration) { $0.answer() }
        return (pbx, certificate, try #require(pbx.tlsPort))
    }

    /// `sips` and `transport=tls` ring over TLS, and the end of the call goes the same way.
    @Test(arguments: ["sips:desk@pbx.example.com:PORT", "sip:desk@pbx.example.com:PORT;transport=tls"])
    func itRingsOverTLS(pattern: String) async throws {
        let (pbx, certificate, port) = try await Self.pbx("DNS:pbx.example.com")
        let uri = pattern.replacing("PORT", with: "\(port)")
        try await DialSIPTests.call(uri, listed: ["pbx.example.com:\(port)", "127.0.0.0/8"]) { settings in
            settings.sip.tls.trustedCertificatesFile = certificate.file
        } _: { _, phone, _ in
            let callee = try await pbx.nextCall()
            #expect(callee.request.uri.text == uri && callee.request.headers.topVia?.transport == "TLS")
            #expect(callee.session.source?.transport == .tls)
            // A secure request names a secure way back (RFC 3261 section 8.1.1.8).
            #expect(callee.request.headers.contact?.uri.scheme == (uri.hasPrefix("sips") ? "sips" : "sip"))
            try await phone.answered()
            phone.hangUp()
            guard case .ended(.remoteBye) = try await callee.ended() else {
                Issue.record("the PBX was not told of the end")
                return
            }
        }
        await pbx.stop()
    }

    /// What is proven is the name that was dialled: not the server's own, which its host's records named.
    @Test func recordsMayLeadToAServerOfAnotherName() async throws {
        let (pbx, certificate, port) = try await Self.pbx("DNS:pbx.example.com")
        let uri = "sips:desk@pbx.example.com"
        let record = ServiceRecord(priority: 1, weight: 1, port: port, target: "server.example.net")
        try await DialSIPTests.call(uri, listed: ["pbx.example.com", "127.0.0.0/8"], hosts: []) { settings in
            settings.sip.tls.trustedCertificatesFile = certificate.file
            settings.names = FixedNames(
                services: ["_sips._tcp.pbx.example.com": [record]],
                hosts: ["server.example.net": ["127.0.0.1"]]
            )
        } _: { _, phone, _ in
            let callee = try await pbx.nextCall()
            #expect(callee.request.uri.text == uri && callee.request.headers.topVia?.transport == "TLS")
            try await phone.answered()
            phone.hangUp()
            _ = try await callee.ended()
        }
        await pbx.stop()
    }

    @Test(arguments: ["DNS:other.example.com", "IP:127.0.0.1", "DNS:server.example.net"])
    func whoCannotProveTheNameIsNotCalled(subject: String) async throws {
        let (pbx, certificate, port) = try await Self.pbx(subject)
        let record = ServiceRecord(priority: 1, weight: 1, port: port, target: "server.example.net")
        for uri in ["sips:desk@pbx.example.com:\(port)", "sips:desk@pbx.example.com"] {
            let listed = ["pbx.example.com:\(port)", "pbx.example.com", "127.0.0.0/8"]
            try await DialSIPTests.call(uri, listed: listed) { settings in
                settings.sip.tls.trustedCertificatesFile = certificate.file
                settings.names = FixedNames(
                    services: ["_sips._tcp.pbx.example.com": [record]],
                    hosts: ["server.example.net": ["127.0.0.1"], "pbx.example.com": ["127.0.0.1"]]
                )
            } _: { world, phone, _ in
                try await phone.ended()
                let leg = try await world.ended(world.leg(of: world.inboundCall()))
                #expect(leg.hangupCause == .networkOutOfOrder)
            }
        }
        #expect(pbx.callCount == 0)
        await pbx.stop()
    }
}
