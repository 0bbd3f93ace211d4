import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// Telephones with a SIP credential: they register, are called as their number, and call as it.
@Suite(.timeLimit(.minutes(2))) struct DeviceTests {
    private static let caller = "+254722000111"

    static func account(_ world: VoiceWorld, _ label: String = "Desk") async throws -> DigestAccount {
        let made = try await ManageSIPCredentials(world.context).create(
            number: VoiceWorld.number,
            workspaceID: world.workspace.id,
            label: label
        )
        return DigestAccount(username: made.credential.username, password: made.password)
    }

    private static func reachable(_ world: VoiceWorld, _ account: DigestAccount) async throws -> [Registration] {
        try await FindDevices(world.context).named(account.username, workspaceID: world.workspace.id)
    }

    @Test(arguments: [SIPTransport.udp, .tcp])
    func aDeviceRegistersAsksAndLeaves(transport: SIPTransport) async throws {
        try await VoiceWorld.run { world in
            let device = try await TestDevice(try await Self.account(world))
            let outcome = await device.register(at: world.port, over: transport)
            guard case .response(let response) = outcome.result else {
                Issue.record("no answer")
                return
            }
            #expect(response.status == 200)
            let contact = try #require(response.headers.contact)
            #expect(contact.uri.port == device.port && contact.parameters["expires"] == "600")
            let known = try #require(try await Self.reachable(world, device.account).first)
            #expect(
                known.place.transport.rawValue == transport.rawValue.lowercased()
                    && known.usesFlow == (transport == .tcp)
            )
            let shown = try #require(
                try await ListRegistrations(world.context)(
                    number: VoiceWorld.number,
                    workspaceID: world.workspace.id
                ).first
            )
            #expect(shown.registration == known && shown.label == "Desk" && shown.username == device.account.username)
            #expect(known.contactHost == "127.0.0.1:\(device.port)")
            #expect(await device.register(at: world.port, over: transport, expires: 30).status == 423)
            #expect(await device.register(at: world.port, over: transport, expires: 0).status == 200)
            #expect(try await Self.reachable(world, device.account).isEmpty)
            await device.stop()
        }
    }

    @Test func allDevicesOfANumberRingAndTheFirstToAnswerHasTheCall() async throws {
        let carrier = try await TestTrunk { _ in }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let slow = try await TestDevice(try await Self.account(world, "slow")) { $0.ring() }
            let quick = try await TestDevice(try await Self.account(world, "quick")) { $0.answer() }
            #expect(await slow.register(at: world.port).status == 200)
            #expect(await quick.register(at: world.port, over: .tcp).status == 200)
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            try await phone.answered()
            let ringing = try await slow.nextCall()
            _ = try await ringing.ended()
            let call = try await world.inboundCall()
            try await Waiting.until { try await world.read(call).call.answeredAt }
            phone.hangUp()
            let ended = try await world.ended(call)
            #expect(ended.status == .completed && ended.costMinor == 0)
            let legs = try await world.legs(of: call)
            #expect(legs.count == 2 && legs.allSatisfy { $0.costMinor == 0 && $0.direction == .outbound })
            var statuses: Set<CallStatus> = []
            for leg in legs { statuses.insert(try await world.ended(leg).status) }
            #expect(statuses == [.completed, .canceled])
            for leg in legs {
                let sentence = try await world.sentence(leg)
                #expect(sentence.hasPrefix("The call that dialled this one"), "\(sentence)")
            }
            await slow.stop()
            await quick.stop()
        }
        await carrier.stop()
    }

    @Test func aNumberWithoutDevicesIsNotThereAndABusyOneIsBusy() async throws {
        let carrier = try await TestTrunk { _ in }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let nobody = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            #expect(try await nobody.refusal() == 480)
            let device = try await TestDevice(try await Self.account(world)) { $0.reject(486) }
            await device.register(at: world.port)
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            #expect(try await phone.refusal() == 486)
            await device.stop()
        }
        await carrier.stop()
    }

    @Test func aDocumentDialsADevice() async throws {
        let carrier = try await TestTrunk { _ in }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let account = try await Self.account(world)
            let device = try await TestDevice(account)
            #expect(await device.register(at: world.port).status == 200)
            let server = try await VoiceServer { _, _ in
                .actions(.dial(DialAction(.device("u23456789abcdefg"))), .dial(DialAction(.device(account.username))))
            }
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            let rung = try await device.nextCall()
            #expect(rung.request.headers.from?.uri.user == Self.caller)
            try await phone.answered()
            phone.hangUp()
            let call = try await world.ended(try await world.inboundCall())
            #expect(call.status == .completed)
            // The first of the two is nobody's.
            #expect(try await world.kinds(call).filter { $0 == "flow.dial_failed" }.count == 1)
            await device.stop()
        }
        await carrier.stop()
    }

    @Test func aDeviceCallsThroughTheTrunksAndIsBilled() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(try await Self.account(world))
            let before = try await world.balance()
            let phone = try device.call(VoiceWorld.callee, at: world.port)
            let there = try await carrier.nextCall()
            #expect(there.request.headers.from?.uri.user == VoiceWorld.number)
            try await phone.answered()
            let parent = try await world.call { $0.parentID == nil }
            let leg = try await world.leg(of: parent)
            try await world.wait(for: .answered, of: leg)
            world.clock.advance(by: .seconds(60))
            phone.hangUp()
            let (one, other) = (try await world.ended(parent), try await world.ended(leg))
            #expect(one.direction == .outbound && one.from == VoiceWorld.number && one.to == VoiceWorld.callee)
            #expect(one.costMinor == 0 && other.costMinor > 0 && other.callerID == VoiceWorld.number)
            #expect(try await world.balance() == before - other.costMinor)
            await device.stop()
        }
        await carrier.stop()
    }

    @Test func aDeviceShowsItsOwnNumberOnly() async throws {
        let carrier = try await TestTrunk { $0.reject(486) }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let device = try await TestDevice(try await Self.account(world))
            // Whoever does not say which device they are is a stranger.
            #expect(
                try await device.call(VoiceWorld.callee, at: world.port, showing: VoiceWorld.number).refusal() == 403
            )
            #expect(try await device.call(VoiceWorld.callee, at: world.port).refusal() == 486)
            let asserted = try device.call(VoiceWorld.callee, at: world.port, asserting: "+254200000002")
            #expect(try await asserted.refusal() == 403)
            let own = try device.call(VoiceWorld.callee, at: world.port, asserting: VoiceWorld.number)
            #expect(try await own.refusal() == 486)
            #expect(try await device.call("12", at: world.port).refusal() == 404)
            await device.stop()
        }
        await carrier.stop()
    }

    /// Who guesses learns nothing, not even which names there are, and is not listened to in the end.
    @Test func guessingLeadsNowhere() async throws {
        let strict: (inout VoiceWorld.Settings) -> Void = { $0.sip.sourceLimits.failures = 3 }
        try await VoiceWorld.run(strict) { world in
            let account = try await Self.account(world)
            let thief = try await TestDevice(DigestAccount(username: account.username, password: "guess"))
            let ghost = try await TestDevice(DigestAccount(username: "u23456789abcdefg", password: "guess"))
            let real = try await thief.challenge(at: world.port)
            let unreal = try await ghost.challenge(at: world.port)
            #expect(real.realm.count == unreal.realm.count && real.realm != unreal.realm)
            #expect(try await ghost.challenge(at: world.port).realm == unreal.realm)
            #expect(await ghost.register(at: world.port).status == 401)
            #expect(await thief.register(at: world.port).status == 401)
            #expect(await thief.register(at: world.port).status == 401)
            #expect(world.agent.counters.wrongPasswords.load(ordering: .relaxed) == 3)
            #expect(world.agent.counters.bans.load(ordering: .relaxed) == 1)
            let honest = try await TestDevice(account)
            #expect(await honest.register(at: world.port).status == nil)
            #expect(world.agent.counters.banned.load(ordering: .relaxed) > 0)
            for device in [thief, ghost, honest] { await device.stop() }
        }
    }

    @Test func nobodyRegistersForSomebodyElse() async throws {
        try await VoiceWorld.run { world in
            let (mine, yours) = (try await Self.account(world, "mine"), try await Self.account(world, "yours"))
            let device = try await TestDevice(mine)
            let outcome = await device.register(at: world.port, as: yours.username)
            #expect(outcome.status == 403)
            #expect(try await Self.reachable(world, yours).isEmpty)
            await device.stop()
        }
    }
}
