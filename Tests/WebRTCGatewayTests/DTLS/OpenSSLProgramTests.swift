import Foundation
import SDPWire
import SecureMedia
import TestSupport
import Testing

@testable import WebRTCGateway

/// Handshakes with the openssl program, which we did not write: it says which keys it has.
@Suite(.serialized, .timeLimit(.minutes(2))) struct OpenSSLProgramTests {
    /// What the program calls a profile, and how many bytes of keys there are then.
    private static let profiles: [(name: String, profile: SRTPProfile)] = [
        ("SRTP_AES128_CM_SHA1_80", .aes128CMSHA1Tag80), ("SRTP_AEAD_AES_128_GCM", .aes128GCM),
    ]

    @Test(arguments: profiles.indices)
    func theProgramCalls(index: Int) async throws {
        let (name, profile) = Self.profiles[index]
        let (folder, fingerprint) = try await Self.certificate()
        let line = UDPLine()
        let program = try Self.start(
            [
                "s_client", "-connect", "127.0.0.1:\(line.port)", "-cert", folder.path("cert"), "-key",
                folder.path("key"),
            ],
            name,
            profile
        )
        let server = try DTLSConnection(.server, DTLSContext(DTLSCertificate()), peer: [fingerprint])
        let keys = try #require(try await Self.shake(server, line, program))
        let theirs = try await Self.keys(of: program, profile)
        #expect(keys.remote == theirs.client && keys.local == theirs.server)
        #expect(keys.local.profile == profile)
    }

    @Test(arguments: profiles.indices)
    func theProgramIsCalled(index: Int) async throws {
        let (name, profile) = Self.profiles[index]
        let (folder, fingerprint) = try await Self.certificate()
        let port = FreePort.any()
        let program = try Self.start(
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", folder.path("cert"), "-key", folder.path("key"),
                "-verify", "1", "-verify_quiet",
            ],
            name,
            profile
        )
        try await Waiting.until { program.output.contains("ACCEPT") ? true : nil }
        let client = try DTLSConnection(.client, DTLSContext(DTLSCertificate()), peer: [fingerprint])
        let keys = try #require(try await Self.shake(client, UDPLine(to: port), program))
        let theirs = try await Self.keys(of: program, profile)
        #expect(keys.local == theirs.client && keys.remote == theirs.server)
        #expect(keys.local.profile == profile)
    }

    /// A server that was not announced, and one that knows nothing of sound.
    @Test func aStrangerIsRefused() async throws {
        let (folder, fingerprint) = try await Self.certificate()
        let other = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 3, count: 32)))
        for (expected, options, fault) in [
            (other, ["-use_srtp", "SRTP_AES128_CM_SHA1_80"], DTLSFault.wrongFingerprint), (fingerprint, [], .noProfile),
        ] {
            let port = FreePort.any()
            let program = try RunningProgram(
                "openssl",
                ["s_server", "-dtls1_2", "-accept", "127.0.0.1:\(port)", "-cert", folder.path("cert"), "-key"]
                    + [folder.path("key")] + options,
                takesInput: true
            )
            try await Waiting.until { program.output.contains("ACCEPT") ? true : nil }
            let client = try DTLSConnection(.client, DTLSContext(DTLSCertificate()), peer: [expected])
            var news: DTLSStep.News?
            _ = try await Self.shake(client, UDPLine(to: port), program) { news = $0 }
            #expect(news == .failed(fault))
        }
    }

    // MARK: The program

    private static func start(_ words: [String], _ name: String, _ profile: SRTPProfile) throws -> RunningProgram {
        let count = "\(2 * profile.keyByteCount)"
        let options = [
            "-dtls1_2", "-use_srtp", name, "-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", count,
        ]
        return try RunningProgram("openssl", words + options, takesInput: true)
    }

    private static func certificate() async throws -> (TemporaryFolder, CertificateFingerprint) {
        let folder = try TemporaryFolder("dtls")
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=peer", "-keyout",
                folder.path("key"), "-out", folder.path("cert"),
            ]
        )
        let printed = try await Command.run(
            "openssl",
            ["x509", "-in", folder.path("cert"), "-noout", "-fingerprint", "-sha256"]
        )
        let hash = printed.split(separator: "=").last.map { $0.filter { !$0.isWhitespace } } ?? ""
        return (folder, try #require(CertificateFingerprint("sha-256 \(hash)")))
    }

    /// Moves a handshake on until it has news, or the program has ended, or neither for long.
    private static func shake(
        _ connection: DTLSConnection,
        _ line: UDPLine,
        _ program: RunningProgram,
        tells: (DTLSStep.News?) -> Void = { _ in }
    ) async throws -> SRTPKeys? {
        let start = ContinuousClock.now
        var step = connection.start()
        while start.duration(to: .now) < .seconds(30) {
            for datagram in step.datagrams { line.send(datagram) }
            if let news = step.news {
                tells(news)
                if case .established(let keys) = news { return keys }
                return nil
            }
            if let datagram = line.receive() {
                step = DTLSPair.give(datagram, to: connection)
            } else {
                step = connection.retransmit()
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        return nil
    }

    /// The keys that the program has printed, in the order of RFC 5764 section 4.2.
    private static func keys(
        of program: RunningProgram,
        _ profile: SRTPProfile
    ) async throws -> (client: SRTPMasterKey, server: SRTPMasterKey) {
        let count = profile.keyByteCount
        let hex = try await Waiting.until(within: .seconds(30)) { () -> String? in
            guard let start = program.output.range(of: "Keying material: ") else { return nil }
            let digits = program.output[start.upperBound...].prefix { $0.isHexDigit }
            return digits.count >= 4 * count ? String(digits.prefix(4 * count)) : nil
        }
        let digits = hex.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        let salt = profile.saltByteCount
        let key = count - salt
        let salts = bytes[(2 * key)...]
        return (
            SRTPMasterKey(profile, Array(bytes[..<key] + salts.prefix(salt))),
            SRTPMasterKey(profile, Array(bytes[key..<(2 * key)] + salts.suffix(salt)))
        )
    }
}
