import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct CallTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallIsBilledByTheSecond(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        let call = try await world.answeredCall(node: node)
        world.clock.advance(by: .seconds(47))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        let settled = try await SettleCall(world.context)(callID: call.id, ending: ending)
        #expect(settled.status == .completed && settled.durationSeconds == 47 && settled.costMinor == 235)
        #expect(try await world.balance() == 1000_00 - 235)
        world.clock.advance(by: .seconds(10))
        let again = try await SettleCall(world.context)(
            callID: call.id,
            ending: CallEnding(cause: .mediaTimeout, endedAt: world.clock.now())
        )
        #expect(again == settled)
        #expect(try await world.balance() == 1000_00 - 235)
        #expect(try await world.differences() == [])
        let found = try await world.read(call)
        #expect(
            found.timeline.map(\.kind) == [
                "call.started", "sip.ringing", "sip.answered", "call.answered", "call.completed",
            ]
        )
        let log = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database)
        #expect(log.map(\.kind) == ["call.started", "call.answered", "call.completed"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallThatWasNeverAnsweredCostsNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let expectations: [(HangupCause, CallStatus)] = [
            (.userBusy, .busy), (.noAnswer, .noAnswer), (.callRejected, .failed), (.originatorCancel, .canceled),
            (.noTrunk, .failed),
        ]
        for (cause, status) in expectations {
            let call = try await PlaceCall(world.context)(world.request()).call
            world.clock.advance(by: .seconds(30))
            let settled = try await SettleCall(world.context)(
                callID: call.id,
                ending: CallEnding(cause: cause, endedAt: world.clock.now())
            )
            #expect(settled.status == status && settled.costMinor == 0 && settled.durationSeconds == 0)
        }
        #expect(try await world.balance() == 1000_00)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallNeedsMoneyAndMayOutliveIt(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 1)
        let call = try await world.answeredCall(node: world.context.ids.next())
        world.clock.advance(by: .seconds(60))
        _ = try await SettleCall(world.context)(
            callID: call.id,
            ending: CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        )
        #expect(try await world.balance() == 1 - 300)
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        #expect(refusal?.code == .insufficientFunds)
        try await CreditWallet(world.context)(
            workspaceID: world.workspace.id,
            amountMinor: 299,
            key: "t1",
            description: "Goodwill"
        )
        await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        try await CreditWallet(world.context)(
            workspaceID: world.workspace.id,
            amountMinor: 1,
            key: "t2",
            description: "Goodwill"
        )
        _ = try await PlaceCall(world.context)(world.request())
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func equalRequestsMakeOneCall(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        var request = world.request()
        request.idempotency = try IdempotencyRequest(
            key: "order-8842",
            operation: "POST /v1/calls",
            body: Data("{}".utf8)
        )
        let equal = request
        let placed = try await withThrowingTaskGroup(of: PlaceCall.Placed.self) { group in
            for _ in 0..<20 { group.addTask { try await PlaceCall(world.context)(equal) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(placed.map(\.call.id)).count == 1)
        #expect(placed.filter { !$0.isReplay }.count == 1)
        var other = world.request()
        other.idempotency = try IdempotencyRequest(
            key: "order-8842",
            operation: "POST /v1/calls",
            body: Data("{ }".utf8)
        )
        let different = other
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(different) }
        #expect(refusal?.code == .idempotencyConflict)
        world.clock.advance(by: .seconds(86_401))
        #expect(try await PlaceCall(world.context)(different).isReplay == false)
        #expect(try await PurgeIdempotencyKeys(world.context)() == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func refusalsWriteNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine) { $0.maxConcurrentCalls = 1 }
        let cases: [(CallRequest, ErrorCode, String?)] = [
            (
                CallRequest(workspaceID: world.workspace.id, from: "+254200000002", to: World.callee), .numberNotOwned,
                "from"
            ),
            (CallRequest(workspaceID: world.workspace.id, from: World.number, to: "112"), .destinationRefused, "to"),
            (CallRequest(workspaceID: world.workspace.id, from: World.number, to: "hello"), .requestInvalid, "to"),
        ]
        for (request, code, field) in cases {
            let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(request) }
            #expect(refusal?.code == code && refusal?.field == field)
        }
        #expect(try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: CallFilter()).calls.isEmpty)
        _ = try await PlaceCall(world.context)(world.request())
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        #expect(refusal?.code == .tooManyCalls)
        try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        let suspended = await #expect(throws: PlatformError.self) {
            try await PlaceCall(world.context)(world.request())
        }
        #expect(suspended?.code == .workspaceSuspended)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func hangUpReachesTheNodeOrEndsTheCallAtOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let waiting = try await PlaceCall(world.context)(world.request()).call
        #expect(
            try await RequestHangup(world.context)(workspaceID: world.workspace.id, reference: waiting.sessionID).status
                == .canceled
        )
        let node = world.context.ids.next()
        #expect(try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10).isEmpty)
        let live = try await world.answeredCall(node: node)
        _ = try await RequestHangup(world.context)(workspaceID: world.workspace.id, reference: live.id.uuidString)
        #expect(try await TakeVoiceCommands(world.context)(nodeID: world.context.ids.next(), limit: 10).isEmpty)
        let commands = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        #expect(commands.map(\.kind) == [.hangup] && commands.first?.call.id == live.id)
        let stranger = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        let refusal = await #expect(throws: PlatformError.self) {
            try await RequestHangup(world.context)(workspaceID: stranger.id, reference: live.sessionID)
        }
        #expect(refusal?.code == .callNotFound)
    }
}
