import Foundation
import Hummingbird
import NIOCore
import NIOPosix
import TestSupport
import Testing
import WebTestSupport

@testable import OutboundHTTP

/// HTTPS to customers' servers: whom a certificate has to rest on, whose name it has to have, and what is said otherwise.
@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private static let host = "hooks.example.co.ke"

    /// What becomes of a request to `host` at a server that shows `identity`, or speaks no TLS.
    private static func outcome(
        _ identity: TestAuthority.Identity?,
        trusting authorities: CertificateAuthorities
    ) async throws -> String {
        let server = try await TestWebServer(identity: identity) { _, _ in
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "sawa")))
        }
        var settings = OutboundSettings()
        settings.authorities = authorities
        let client = GuardedClient(
            policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
            resolver: FixedResolver([host: [["127.0.0.1"]]]),
            group: MultiThreadedEventLoopGroup.singleton,
            settings: settings
        )
        let outcome: String
        do {
            let answer = try await client.send(GuardedRequest(.get, "https://\(host):\(server.port)/it"))
            outcome = "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
        } catch {
            outcome = error.description
        }
        await client.shutDown()
        return outcome
    }

    @Test func aServerOfATrustedAuthorityIsAsked() async throws {
        let authority = try await TestAuthority()
        let identity = try await authority.identity(for: "DNS:\(Self.host)")
        let trusted = try authority.trusted()
        #expect(try await Self.outcome(identity, trusting: trusted) == "200 sawa")
        let stranger = "no TLS: the server's certificate has run out, or rests on no authority that is trusted"
        #expect(try await Self.outcome(identity, trusting: .none) == stranger)
        let others = try await TestAuthority().trusted()
        #expect(try await Self.outcome(identity, trusting: others) == stranger)
    }

    @Test func aCertificateForAnotherNameIsNotTaken() async throws {
        let authority = try await TestAuthority()
        let trusted = try authority.trusted()
        let identity = try await authority.identity(for: "DNS:other.example.co.ke")
        let outcome = try await Self.outcome(identity, trusting: trusted)
        #expect(outcome == "no TLS: the server's certificate is for another name")
    }

    @Test func aServerWithoutTLSIsSaidSo() async throws {
        let outcome = try await Self.outcome(nil, trusting: .none)
        #expect(outcome == "no TLS: the server does not speak TLS at this port")
    }

    @Test func aFileWithoutCertificatesIsRefused() throws {
        let folder = try TemporaryFolder("authorities")
        #expect(throws: CertificateAuthorities.Fault.self) { try CertificateAuthorities(file: folder.path("none")) }
        try Data("not PEM".utf8).write(to: URL(filePath: folder.path("text")))
        #expect(throws: CertificateAuthorities.Fault.self) { try CertificateAuthorities(file: folder.path("text")) }
    }
}
