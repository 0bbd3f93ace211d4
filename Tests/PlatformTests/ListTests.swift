import Platform
import Primitives
import TestSupport
import Testing

@Suite struct ListTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func pagesAreNewestFirstAndLoseNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        var placed: [Identifier] = []
        for _ in 0..<7 {
            placed.append(try await PlaceCall(world.context)(world.request()).call.id)
            world.clock.advance(by: .seconds(1))
        }
        var filter = CallFilter()
        filter.limit = 3
        var seen: [Identifier] = []
        while true {
            let page = try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: filter)
            seen += page.calls.map(\.id)
            filter.before = page.calls.last?.id
            // A call that is placed meanwhile moves no page.
            _ = try await PlaceCall(world.context)(world.request())
            if !page.hasMore { break }
        }
        #expect(seen == placed.reversed())
        for limit in [0, 101] {
            filter.limit = limit
            let wrong = filter
            await #expect(throws: PlatformError.self) {
                try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: wrong)
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func filtersAreAppliedTogether(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let start = world.clock.now()
        let first = try await PlaceCall(world.context)(world.request()).call
        try await SettleCall(world.context)(callID: first.id, ending: CallEnding(cause: .userBusy, endedAt: start))
        world.clock.advance(by: .seconds(60))
        let second = try await PlaceCall(world.context)(
            CallRequest(workspaceID: world.workspace.id, from: World.number, to: "+254733000111")
        ).call
        func found(_ change: (inout CallFilter) -> Void) async throws -> [Identifier] {
            var filter = CallFilter()
            change(&filter)
            return try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: filter).calls.map(\.id)
        }
        #expect(try await found { _ in } == [second.id, first.id])
        #expect(try await found { $0.statuses = [.busy, .failed] } == [first.id])
        #expect(try await found { $0.text = "733000" } == [second.id])
        #expect(try await found { $0.text = "%" } == [])
        #expect(try await found { $0.text = String(first.sessionID.suffix(5)) } == [first.id])
        #expect(try await found { $0.sessionID = second.sessionID } == [second.id])
        #expect(try await found { $0.from = start + .seconds(60) } == [second.id])
        #expect(try await found { $0.to = start + .seconds(60) } == [first.id])
        #expect(try await found { $0.direction = .outbound } == [second.id, first.id])
        #expect(try await found { $0.direction = .inbound } == [])
        #expect(
            try await found {
                $0.statuses = [.busy]
                $0.text = "733000"
            } == []
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func tenantsDoNotSeeEachOther(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await PlaceCall(world.context)(world.request()).call
        let stranger = try await CreateWorkspace(world.context)(
            name: "Other",
            email: "o@example.com",
            creditMinor: 500_00
        ).workspace
        for reference in [call.id.uuidString, call.id.rendered(prefix: "call"), call.sessionID] {
            #expect(
                try await GetCall(world.context)(workspaceID: world.workspace.id, reference: reference).call.id
                    == call.id
            )
            for attempt in [
                { try await GetCall(world.context)(workspaceID: stranger.id, reference: reference).call.id },
                { try await RequestHangup(world.context)(workspaceID: stranger.id, reference: reference).id },
                {
                    _ = try await FindRecording(world.context)(workspaceID: stranger.id, reference: reference)
                    return call.id
                },
            ] as [@Sendable () async throws -> Identifier] {
                let refusal = await #expect(throws: PlatformError.self) { try await attempt() }
                #expect(refusal?.code == .callNotFound)
            }
        }
        #expect(try await ListCalls(world.context)(workspaceID: stranger.id, filter: CallFilter()).calls.isEmpty)
        #expect(try await ListNumbers(world.context).owned(by: stranger.id).isEmpty)
        #expect(try await DeliveryLogEntry.all(of: stranger.id, in: world.context.database).isEmpty)
        let request = CallRequest(workspaceID: stranger.id, from: World.number, to: World.callee)
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(request) }
        #expect(refusal?.code == .numberNotOwned)
    }
}
