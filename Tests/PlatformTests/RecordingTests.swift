import Foundation
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct RecordingTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aRecordingIsAnnouncedOnceWithALinkThatWorks(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await recordedCall(in: world)
        #expect(try await state(of: call, in: world) == .pending)
        let shelf = try TestShelf()
        for _ in 0..<2 {
            let length = Duration.milliseconds(46_500)
            try await shelf.keep(world.context, call.id, duration: length, sizeBytes: 744_044)
            #expect(try await state(of: call, in: world) == .pending)
        }
        #expect(try await shelf.storeDue(world.context) == 1)
        #expect(try await shelf.storeDue(world.context) == 0)
        guard case .ready(let recording) = try await state(of: call, in: world) else {
            Issue.record("the recording is not ready")
            return
        }
        #expect(shelf.has(recording.file) && recording.duration == .milliseconds(46_500))
        let bodies = try await LeaseDeliveries(world.context)(limit: 10).filter { $0.kind == "call.recording.ready" }
        #expect(bodies.count == 1)
        let data = try JSONValue(parsing: Data(try #require(bodies.first).body.utf8))["data"]
        #expect(data?["duration_seconds"] == 47 && data?["size_bytes"] == 744_044)
        guard case .string(let text)? = data?["download_url"], let link = URLComponents(string: text) else {
            Issue.record("the event has no link")
            return
        }
        func query(_ name: String) -> String { link.queryItems?.first { $0.name == name }?.value ?? "" }
        let id = try RecordingLink(world.context).verify(
            name: String(link.path.split(separator: "/").last ?? ""),
            expires: query("expires"),
            signature: query("signature"),
            at: world.clock.now()
        )
        #expect(try await FindRecording(world.context).byID(id) == recording)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRecordingThatWasLostWithItsNodeIsNotPendingForEver(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await recordedCall(in: world)
        world.clock.advance(by: .seconds(600))
        #expect(try await state(of: call, in: world) == .pending)
        world.clock.advance(by: .seconds(1))
        let refusal = await #expect(throws: PlatformError.self) { try await state(of: call, in: world) }
        #expect(refusal?.code == .recordingNotFound)
    }

    private func recordedCall(in world: World) async throws -> Call {
        var request = world.request()
        request.record = true
        let node = world.context.ids.next()
        let call = try await PlaceCall(world.context)(request).call
        _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        try await RecordProgress(world.context)(
            callID: call.id,
            steps: [.init("sip.answered", id: world.context.ids.next(), at: world.clock.now(), event: .answered)]
        )
        return try await SettleCall(world.context)(
            callID: call.id,
            ending: CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        )
    }

    private func state(of call: Call, in world: World) async throws -> RecordingState {
        try await FindRecording(world.context)(workspaceID: world.workspace.id, reference: call.sessionID)
    }
}
