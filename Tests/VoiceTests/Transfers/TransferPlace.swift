import MediaEngine
import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing
import Voice

/// A node with a carrier and a telephone that speaks with somebody, for tests of transfers.
struct TransferPlace {
    /// Refuses calls with 486.
    static let busy = "+254733000486"
    /// Rings until the test answers.
    static let ringing = "+254733000180"
    /// Answers at once, as all others.
    static let target = "+254733000200"

    let world: VoiceWorld
    let carrier: TestTrunk
    /// A telephone of the workspace, registered.
    let telephone: TestDevice
    /// All telephones, which are stopped at the end.
    private let telephones: Locked<[TestDevice]>

    static func run(_ body: (TransferPlace) async throws -> Void) async throws {
        let carrier = try await TestTrunk { call in
            switch call.request.uri.user {
            case busy: call.reject(486)
            case ringing: call.ring()
            default: call.answer()
            }
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: carrier.port)
            let telephone = try await registered("Desk", in: world)
            let place = TransferPlace(
                world: world,
                carrier: carrier,
                telephone: telephone,
                telephones: Locked([telephone])
            )
            try await body(place)
            for one in place.telephones.withLock({ $0 }) { await one.stop() }
        }
        await carrier.stop()
    }

    /// Another telephone of the workspace, with a credential of its own.
    func colleague() async throws -> TestDevice {
        let device = try await Self.registered("Colleague", in: world)
        telephones.withLock { $0.append(device) }
        return device
    }

    private static func registered(_ label: String, in world: VoiceWorld) async throws -> TestDevice {
        let made = try await ManageSIPCredentials(world.context).create(
            number: VoiceWorld.number,
            workspaceID: world.workspace.id,
            label: label
        )
        let account = DigestAccount(username: made.credential.username, password: made.password)
        let device = try await TestDevice(account)
        #expect(await device.register(at: world.port).status == 200)
        return device
    }

    /// A telephone of another workspace, which has a number of its own.
    func stranger() async throws -> TestDevice {
        let number = "+254200000002"
        _ = try await AddNumbers(world.context)([number])
        let other = try await CreateWorkspace(world.context)(
            name: "Other",
            email: "other@example.com",
            creditMinor: 1000_00
        ).workspace
        _ = try await ClaimNumber(world.context)(
            workspaceID: other.id,
            wanted: .e164(number),
            routing: NumberRouting(signingSecret: VoiceWorld.signingSecret)
        )
        let made = try await ManageSIPCredentials(world.context).create(
            number: number,
            workspaceID: other.id,
            label: "Other"
        )
        let account = DigestAccount(username: made.credential.username, password: made.password)
        let device = try await TestDevice(account)
        telephones.withLock { $0.append(device) }
        return device
    }

    /// A telephone calls somebody, and they speak; the telephone is the place's own if none is named.
    func call(
        _ number: String = VoiceWorld.callee,
        from device: TestDevice? = nil
    ) async throws -> (phone: CallingPhone, there: TrunkCall) {
        let phone = try (device ?? telephone).call(number, at: world.port)
        let there = try await carrier.nextCall()
        try await phone.answered()
        return (phone, there)
    }

    /// Somebody calls the number, and the place's telephone answers.
    func ring() async throws -> (caller: CallingPhone, call: TrunkCall) {
        let caller = try carrier.call(VoiceWorld.number, from: InboundTests.caller, port: world.port)
        let call = try await telephone.nextCall()
        try await caller.answered()
        return (caller, call)
    }

    /// The call of a number, once it is connected.
    func leg(to number: String) async throws -> Call {
        try await world.call { $0.to == number && $0.parentID != nil && $0.status == .answered }
    }

    /// All calls, once all are settled.
    func settled() async throws -> [Call] {
        try await Waiting.until { [world] in
            let filter = CallFilter()
            let calls = try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: filter).calls
            return calls.allSatisfy(\.status.isTerminal) ? calls : nil
        }
    }

    /// Waits until each of two hears the other.
    func hear(_ one: some Listener, _ other: some Listener) async throws {
        one.leg.stopPlaying()
        other.leg.stopPlaying()
        one.leg.play(.tone(hertz: 440, duration: .seconds(60)))
        other.leg.play(.tone(hertz: 1000, duration: .seconds(60)))
        try await one.hears(1000)
        try await other.hears(440)
    }
}

/// A REFER of a test, and what its sender hears of it.
struct TestReferral {
    let news: AsyncStream<ReferProgress>

    init(_ session: SIPSession, to user: String, replacing: Replaces? = nil) {
        let (news, new) = AsyncStream.makeStream(of: ReferProgress.self)
        self.news = news
        session.refer(to: SIPURI(user: user, host: "127.0.0.1"), replacing: replacing) { new.yield($0) }
    }

    /// The last that is heard.
    func outcome() async throws -> ReferProgress {
        try await Waiting.first(of: news) { progress in
            switch progress {
            case .finished, .refused: true
            case .accepted, .trying: false
            }
        }
    }

    /// Waits until the target rings.
    func rings() async throws {
        _ = try await Waiting.first(of: news) { $0 == .trying(status: 180) }
    }
}
