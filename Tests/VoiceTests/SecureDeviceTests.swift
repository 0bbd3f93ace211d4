import MediaEngine
import Platform
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Telephones whose sound is encrypted.
@Suite(.timeLimit(.minutes(2))) struct SecureDeviceTests {
    private static let caller = "+254722000111"

    /// Lets a node take encrypted connections.
    private static func listens(_ certificate: TestCertificate) -> (inout VoiceWorld.Settings) -> Void {
        { $0.sip.tls.listener = certificate.listener() }
    }

    private static func key(_ suite: CryptoSuite) -> [CryptoKey] {
        var random = SystemRandomNumberGenerator()
        return [CryptoKey(suite, using: &random)]
    }

    private static func account(_ world: VoiceWorld) async throws -> DigestAccount {
        let made = try await ManageSIPCredentials(world.context).create(
            number: VoiceWorld.number,
            workspaceID: world.workspace.id,
            label: "Desk"
        )
        return DigestAccount(username: made.credential.username, password: made.password)
    }

    /// Who registered over TLS is called with encrypted sound, and what the caller sends in the clear is heard, and the other
    /// way round. No key is told to anybody.
    @Test(arguments: CryptoSuite.allCases)
    func aDeviceOverTLSIsOfferedEncryptedSound(suite: CryptoSuite) async throws {
        let (carrier, certificate) = (try await TestTrunk { _ in }, try await TestCertificate("IP:127.0.0.1"))
        try await VoiceWorld.run(Self.listens(certificate)) { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(
                try await Self.account(world),
                keys: Self.key(suite),
                trusting: certificate.file
            )
            let port = try #require(await world.agent.tlsPort())
            #expect(await device.register(at: port, over: .tls).status == 200)
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            let rung = try await device.nextCall()
            #expect(String(decoding: rung.request.body, as: UTF8.self).contains("RTP/SAVP"))
            try await phone.answered()
            phone.leg.play(.tone(hertz: 500, duration: .seconds(60)))
            rung.leg.play(.tone(hertz: 900, duration: .seconds(60)))
            try await rung.hears(500)
            try await phone.hears(900)
            phone.hangUp()
            let call = try await world.ended(try await world.inboundCall())
            let leg = try await world.ended(try await world.leg(of: call))
            for one in [call, leg] {
                let timeline = try await world.read(one).timeline
                #expect(timeline.contains { $0.kind == "sip.ladder" })
                #expect(!timeline.contains { "\($0)".contains("inline:") || $0.details.text.contains("inline:") })
            }
            await device.stop()
        }
        await carrier.stop()
    }

    /// One that cannot do that is called once more with plain sound.
    @Test func aDeviceThatCannotEncryptIsOfferedPlainSound() async throws {
        let (carrier, certificate) = (try await TestTrunk { _ in }, try await TestCertificate("IP:127.0.0.1"))
        try await VoiceWorld.run(Self.listens(certificate)) { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(try await Self.account(world), trusting: certificate.file)
            let port = try #require(await world.agent.tlsPort())
            #expect(await device.register(at: port, over: .tls).status == 200)
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            try await phone.answered()
            let rung = try await device.nextCall()
            rung.leg.play(.tone(hertz: 900, duration: .seconds(60)))
            try await phone.hears(900)
            phone.hangUp()
            let call = try await world.ended(try await world.inboundCall())
            let leg = try await world.ended(try await world.leg(of: call))
            let invitations = try await world.read(leg).timeline.filter { $0.kind == "sip.invite" }
            #expect(invitations.map { $0.details["srtp"] != nil } == [true, false])
            await device.stop()
        }
        await carrier.stop()
    }

    /// A device that offers encrypted sound has it, over whatever it signals; its call goes on in the clear.
    @Test func aDeviceThatOffersEncryptedSoundHasIt() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(try await Self.account(world), keys: Self.key(.aes128CMSHA1Tag32))
            let phone = try device.call(VoiceWorld.callee, at: world.port)
            let there = try await carrier.nextCall()
            #expect(!String(decoding: there.request.body, as: UTF8.self).contains("crypto"))
            try await phone.answered()
            phone.leg.play(.tone(hertz: 500, duration: .seconds(60)))
            there.leg.play(.tone(hertz: 900, duration: .seconds(60)))
            try await there.hears(500)
            try await phone.hears(900)
            phone.hangUp()
            let parent = try await world.ended(try await world.call { $0.parentID == nil })
            #expect(parent.status == .completed)
            await device.stop()
        }
        await carrier.stop()
    }

    /// What must be encrypted and cannot be is refused.
    @Test func anOfferWithoutASuiteOfOursIsRefused() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(try await Self.account(world))
            let key = String(repeating: "A", count: 40)
            for line in ["crypto:1 F8_128_HMAC_SHA1_80 inline:\(key)", "fingerprint:SHA-256 00"] {
                let phone = try device.call(VoiceWorld.callee, at: world.port) { offer in
                    let plain = String(decoding: offer, as: UTF8.self)
                    return Array((plain.replacing("RTP/AVP", with: "RTP/SAVP") + "a=\(line)\r\n").utf8)
                }
                #expect(try await phone.refusal() == 488)
            }
            await device.stop()
        }
        #expect(carrier.callCount == 0)
        await carrier.stop()
    }
}
