import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Legs to SIP URIs: admitted and billed as all others, and only to whom the operator has listed.
@Suite struct SIPLegTests {
    private static let uri = "sip:desk@pbx.example.com;transport=tcp"
    private static let stranger = "sip:desk@pbx.example.org"

    private func world(
        _ engine: TestDatabase.Engine,
        change: (inout PlatformSettings) -> Void = { _ in }
    ) async throws -> World {
        try await World(engine) { settings in
            settings.sipDestinations = SIPAllowList([SIPAllowEntry(parsing: "pbx.example.com")].compactMap(\.self))
            settings.prices.sipPerMinuteMinor = 60
            change(&settings)
        }
    }

    private func dial(
        _ world: World,
        _ parent: Call,
        _ uri: String,
        showing callerID: String? = nil
    ) async throws -> Call {
        try await DialLeg(world.context)(
            from: parent,
            to: .sip(uri),
            callerID: callerID,
            ringTimeout: .seconds(20),
            longest: .seconds(600)
        )
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PlatformError)?.code
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aLegIsACallAtAPriceOfItsOwn(engine: TestDatabase.Engine) async throws {
        let world = try await world(engine)
        let parent = try await world.answeredCall(node: world.context.ids.next())
        let leg = try await dial(world, parent, Self.uri)
        #expect(leg.to == Self.uri && leg.from == World.number && leg.callerID == World.number)
        #expect(leg.parentID == parent.id && leg.ratePerMinuteMinor == 60 && leg.longestSeconds == 600)
        #expect(try await world.read(leg).call == leg)
        let before = try await world.balance()
        let answered = world.clock.now()
        world.clock.advance(by: .seconds(90))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        let settled = try await SettleCall(world.context)(callID: leg.id, ending: ending, answeredAt: answered)
        #expect(settled.costMinor == 90)
        #expect(before - (try await world.balance()) == 90)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func rulesAreThoseOfOtherLegs(engine: TestDatabase.Engine) async throws {
        let world = try await world(engine) { $0.maxConcurrentCalls = 2 }
        let parent = try await world.answeredCall(node: world.context.ids.next())
        #expect(await code { _ = try await dial(world, parent, Self.stranger) } == .sipNotAllowed)
        #expect(await code { _ = try await dial(world, parent, Self.uri + ";lr") } == .requestInvalid)
        #expect(await code { _ = try await dial(world, parent, "sip:desk@pbx.example.com?Route=x") } == .requestInvalid)
        let foreign = "+254200000002"
        #expect(await code { _ = try await dial(world, parent, Self.uri, showing: foreign) } == .numberNotOwned)
        #expect(try await dial(world, parent, Self.uri, showing: World.number).callerID == World.number)
        #expect(await code { _ = try await dial(world, parent, Self.uri) } == .tooManyCalls)
        try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        #expect(await code { _ = try await dial(world, parent, Self.uri) } == .workspaceSuspended)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func actionsAreCheckedBeforeAnythingIsPlaced(engine: TestDatabase.Engine) async throws {
        let world = try await world(engine)
        var request = world.request()
        request.actions = [.pause(.seconds(1)), .dial(DialAction(.sip(Self.stranger)))]
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(request) }
        #expect(refusal?.code == .sipNotAllowed && refusal?.field == "actions[1].dial.sip")
        #expect(try await PlaceCall(world.context).quote(world.request()).refusal == nil)
        request.actions = [.dial(DialAction(.sip(Self.uri)))]
        _ = try await PlaceCall(world.context)(request)
        let call = try await world.answeredCall(node: world.context.ids.next())
        let steered = await #expect(throws: PlatformError.self) {
            try await SteerCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                actions: [.dial(DialAction(.sip(Self.stranger)))],
                field: "action"
            )
        }
        #expect(steered?.code == .sipNotAllowed && steered?.field == "action[0].dial.sip")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func documentsAreCheckedAndPriced(engine: TestDatabase.Engine) async throws {
        let world = try await world(engine)
        let check = CheckVoiceDocument(world.context)
        let text = #"<Response><Pause/><Dial timeLimit="60"><Sip>sip:desk@pbx.example.com</Sip></Dial></Response>"#
        let good = try await check(bytes: Array(text.utf8), contentType: "text/xml", base: nil)
        #expect(good.faults == [] && good.worstCase?.costMinor == 60)
        #expect(good.worstCase?.legs.map(\.ratePerMinuteMinor) == [60])
        let bad = text.replacing("example.com", with: "example.org")
        let report = try await check(bytes: Array(bad.utf8), contentType: "text/xml", base: nil)
        #expect(report.document == nil && report.faults.map(\.field) == ["Response.Dial[0].sip"])
        #expect(report.faults.map(\.code) == [.sipNotAllowed])
        let actions: [VoiceAction] = [
            .dial(DialAction(.sip(Self.uri), timeLimit: .seconds(120))),
            .dial(DialAction(.numbers([World.callee]), timeLimit: .seconds(60))),
        ]
        #expect(try await check.mostMinor(actions) == 120 + 300)
        #expect(try await check.mostMinor([]) == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func thePriceIsSetAndAnnouncedAsOthers(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        #expect(try await ReadPrices(world.context)().sipPerMinuteMinor == 0)
        var change = PriceChange()
        change.sipPerMinuteMinor = 50
        #expect(await code { _ = try await SetPrices(world.context)(change, from: nil) } == .pricesTooSoon)
        let from = world.clock.now() + .seconds(31 * 86_400)
        _ = try await SetPrices(world.context)(change, from: from)
        world.clock.advance(by: .seconds(31 * 86_400))
        #expect(try await ReadPrices(world.context)().sipPerMinuteMinor == 50)
        #expect(try await ReadPrices(world.context)().outboundPerMinuteMinor == 300)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func howARecordingIsWantedIsStored(engine: TestDatabase.Engine) async throws {
        let world = try await world(engine)
        var request = world.request()
        (request.record, request.recordingChannels) = (true, .dual)
        request.actions = [.dial(DialAction(.sip(Self.uri), recording: .fromAnswer, recordingChannels: .dual))]
        let call = try await PlaceCall(world.context)(request).call
        let read = try await world.read(call).call
        #expect(read.recordingChannels == .dual && read.actions == request.actions)
        #expect(
            try await world.read(world.answeredCall(node: world.context.ids.next())).call.recordingChannels == .mono
        )
        let shelf = try TestShelf()
        try await shelf.keep(world.context, call.id, channels: .dual)
        try await shelf.storeDue(world.context)
        let found = try await FindRecording(world.context).all(
            workspaceID: world.workspace.id,
            reference: call.id.uuidString
        )
        #expect(found.map(\.channels) == [.dual])
    }
}
