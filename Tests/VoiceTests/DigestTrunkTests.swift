import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Trunks that prove who they are when they call.
@Suite(.timeLimit(.minutes(1))) struct DigestTrunkTests {
    private static let caller = "+254722000111"
    private static let account = DigestAccount(username: "carrier", password: "in, \"s3cret\"")

    /// A node that knows one trunk, and what a phone of that trunk, or of a stranger, hears.
    private static func refusal(
        _ acceptance: TrunkAcceptance,
        isNear: Bool,
        _ account: DigestAccount?,
        schemes: [DigestScheme] = [.sha256, .md5]
    ) async throws -> Int? {
        let trunk = try await TestTrunk { _ in }
        let server = try await VoiceServer { _, _ in .actions(.reject(.busy)) }
        let heard = Locked<Int?>(nil)
        let change: (inout VoiceWorld.Settings) -> Void = { $0.digestSchemes = schemes }
        try await VoiceWorld.run(change) { world in
            let needsAccount = acceptance != .address
            _ = try await AddTrunk(world.context)(
                name: "carrier",
                address: "127.0.0.1:\(isNear ? trunk.port : 9)",
                transport: .udp,
                prefix: "+254",
                priority: 1,
                inbound: TrunkInboundWish(
                    username: needsAccount ? Self.account.username : nil,
                    password: needsAccount ? Self.account.password : nil,
                    acceptance: acceptance
                )
            )
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let phone = try trunk.call(VoiceWorld.number, from: caller, port: world.port, account: account)
            let status = try await phone.refusal()
            heard.withLock { $0 = status }
        }
        await trunk.stop()
        return heard.withLock { $0 }
    }

    /// 486 is what the number's server says; what never gets there is refused before.
    @Test func eachWayOfAcceptingAsksForWhatItSays() async throws {
        #expect(try await Self.refusal(.address, isNear: true, nil) == 486)
        #expect(try await Self.refusal(.address, isNear: false, Self.account) == 403)
        #expect(try await Self.refusal(.digest, isNear: true, nil) == 401)
        #expect(try await Self.refusal(.digest, isNear: false, Self.account) == 486)
        #expect(try await Self.refusal(.either, isNear: true, nil) == 486)
        #expect(try await Self.refusal(.either, isNear: false, Self.account) == 486)
        #expect(try await Self.refusal(.both, isNear: true, nil) == 401)
        #expect(try await Self.refusal(.both, isNear: true, Self.account) == 486)
        #expect(try await Self.refusal(.both, isNear: false, Self.account) == 403)
    }

    @Test func aWrongPasswordAndAnUnknownNameHearTheSame() async throws {
        for account in [
            DigestAccount(username: Self.account.username, password: "guess"),
            DigestAccount(username: "nobody", password: Self.account.password),
            DigestAccount(username: "u23456789abcdefg", password: Self.account.password),
        ] {
            #expect(try await Self.refusal(.digest, isNear: false, account) == 401)
        }
    }

    @Test(arguments: DigestScheme.allCases) func oneAlgorithmIsEnough(scheme: DigestScheme) async throws {
        #expect(try await Self.refusal(.digest, isNear: false, Self.account, schemes: [scheme]) == 486)
    }
}
