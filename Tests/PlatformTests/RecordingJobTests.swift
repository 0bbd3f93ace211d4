import Crypto
import Foundation
import ObjectStorage
import Platform
import Primitives
import TestSupport
import Testing

/// From the spool to the store, whatever fails or crashes in between.
@Suite struct RecordingJobTests {
    private func events(_ world: World, _ call: Call) async throws -> [String] {
        try await world.read(call).timeline.map(\.kind).filter { $0.hasPrefix("call.recording.") }
    }

    private func state(_ world: World, _ call: Call) async throws -> RecordingState {
        try await FindRecording(world.context)(workspaceID: world.workspace.id, reference: call.sessionID)
    }

    private func faulty() throws -> (shelf: TestShelf, fault: Locked<FaultyStore.Fault?>) {
        var store: FaultyStore?
        let shelf = try TestShelf {
            let faulty = FaultyStore($0)
            store = faulty
            return faulty
        }
        return (shelf, try #require(store).fault)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSealedRecordingIsStoredOnceByMany(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let shelf = try TestShelf(keys: StorageKeys(current: SymmetricKey(size: .bits256)))
        let call = try await world.recordedCall()
        let sound = Array("RIFF, as it was spoken".utf8)
        let mix = try await shelf.keep(world.context, call.id, sound)
        let tried = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try await shelf.storeDue(world.context) } }
            return try await group.reduce(0, +)
        }
        #expect(tried == 1)
        #expect(try await events(world, call) == ["call.recording.ready"])
        guard case .ready(let recording) = try await state(world, call) else {
            Issue.record("it is not ready")
            return
        }
        #expect(recording.file == "recordings/\(mix).sealed" && recording.sizeBytes == Int64(sound.count))
        #expect(try await shelf.vault.read(recording.file).collect(upTo: 100) == sound)
        #expect(!shelf.isSpooled(mix))
    }

    /// The store fails before it has the file, or after, as when a node dies between the two.
    @Test(arguments: TestDatabase.Engine.allCases, [FaultyStore.Fault.before, .after])
    func whatFailsIsTriedAgain(engine: TestDatabase.Engine, fault: FaultyStore.Fault) async throws {
        let world = try await World(engine)
        let (shelf, switchboard) = try faulty()
        let call = try await world.recordedCall()
        let mix = try await shelf.keep(world.context, call.id)
        switchboard.withLock { $0 = fault }
        #expect(try await shelf.storeDue(world.context) == 1)
        switchboard.withLock { $0 = nil }
        #expect(shelf.isSpooled(mix))
        #expect(try await state(world, call) == .pending)
        #expect(try await shelf.storeDue(world.context) == 0)
        world.clock.advance(by: .seconds(2))
        #expect(try await shelf.storeDue(world.context) == 1)
        #expect(try await events(world, call) == ["call.recording.ready"])
        #expect(!shelf.isSpooled(mix))
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aStoreThatStaysAwayMakesItFailForGood(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (shelf, switchboard) = try faulty()
        let call = try await world.recordedCall()
        let mix = try await shelf.keep(world.context, call.id)
        switchboard.withLock { $0 = .before }
        var attempts = 0
        while try await state(world, call, isOver: false) {
            world.clock.advance(by: .seconds(12 * 3600))
            attempts += try await shelf.storeDue(world.context)
            guard attempts < 20 else { break }
        }
        #expect(attempts == 10)
        let refusal = await #expect(throws: PlatformError.self) { try await state(world, call) }
        #expect(refusal?.code == .recordingUnavailable)
        #expect(try await events(world, call) == ["call.recording.failed"])
        let bodies = try await LeaseDeliveries(world.context)(limit: 20).filter { $0.kind == "call.recording.failed" }
        let data = try JSONValue(parsing: Data(try #require(bodies.first).body.utf8))["data"]
        #expect(bodies.count == 1 && data?["failure_reason"] == "storage_unavailable")
        // The file is left for the operator, for a week, and nothing is tried or told again.
        #expect(shelf.isSpooled(mix))
        #expect(
            try await RecoverRecordings(world.context, vault: shelf.vault, spool: shelf.spool)(quietFor: .zero) == 0
        )
        #expect(try await PurgeSpool(world.context, spool: shelf.spool)() == 0)
        world.clock.advance(by: .seconds(7 * 86_400))
        #expect(try await shelf.storeDue(world.context) == 0)
        #expect(try await PurgeSpool(world.context, spool: shelf.spool)() == 1)
        #expect(!shelf.isSpooled(mix))
        #expect(try await PurgeSpool(world.context, spool: shelf.spool)() == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aFileThatIsGoneFailsAtOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let shelf = try TestShelf()
        let call = try await world.recordedCall()
        let mix = try await shelf.keep(world.context, call.id)
        try await shelf.spool.remove([mix])
        #expect(try await shelf.storeDue(world.context) == 1)
        #expect(try await events(world, call) == ["call.recording.failed"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatAProcessLeftBehindIsFoundAgain(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let shelf = try TestShelf()
        let recover = RecoverRecordings(world.context, vault: shelf.vault, spool: shelf.spool)
        let call = try await world.recordedCall(isOver: false)
        func name(_ callID: Identifier) -> String {
            SpooledRecording(world.context.ids.next(), .call, of: callID, in: "2026/06/27").mix
        }
        let mix = name(call.id)
        let file = Self.unfinished(samples: 4000)
        try shelf.write(file, mix)
        try shelf.write(file, name(world.context.ids.next()))
        // A call that goes on is somebody's, and one that is not known nobody's.
        #expect(try await recover(quietFor: .zero) == 0)
        try await world.settle(call)
        #expect(try await recover(quietFor: .seconds(3600)) == 0)
        #expect(try await recover(quietFor: .zero) == 1)
        #expect(try await recover(quietFor: .zero) == 0)
        #expect(try await shelf.storeDue(world.context) == 1)
        guard case .ready(let recording) = try await state(world, call) else {
            Issue.record("it is not ready")
            return
        }
        #expect(recording.duration == .milliseconds(500) && recording.sizeBytes == 8044)
        // A crash after the commit and before the spool was emptied.
        try shelf.write(file, mix)
        #expect(try await recover(quietFor: .zero) == 1)
        #expect(!shelf.isSpooled(mix))
        #expect(try await events(world, call) == ["call.recording.ready"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNodeThatNeverComesBackIsGivenUp(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let shelf = try TestShelf()
        let call = try await world.recordedCall()
        try await shelf.keep(world.context, call.id)
        // Another machine does not see the file, and leaves it alone.
        #expect(try await TestShelf().storeDue(world.context) == 0)
        world.clock.advance(by: world.context.settings.lostRecordingPatience)
        #expect(try await GiveUpRecordings(world.context)() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try await GiveUpRecordings(world.context)() == 1)
        #expect(try await GiveUpRecordings(world.context)() == 0)
        #expect(try await events(world, call) == ["call.recording.failed"])
    }

    private func state(_ world: World, _ call: Call, isOver: Bool) async throws -> Bool {
        do {
            return try await state(world, call) == .pending
        } catch let refusal as PlatformError where refusal.code == .recordingUnavailable {
            return isOver
        }
    }

    /// As a recorder leaves a file whose process was killed.
    private static func unfinished(samples: Int) -> [UInt8] {
        let size: [UInt8] = [0xFF, 0xFF, 0xFF, 0x7F]
        let format: [UInt8] = [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]
        return Array("RIFF".utf8) + size + Array("WAVEfmt ".utf8) + format + Array("data".utf8) + size
            + [UInt8](repeating: 5, count: 2 * samples)
    }
}

extension World {
    /// A call that was answered and recorded.
    fileprivate func recordedCall(isOver: Bool = true) async throws -> Call {
        var request = request()
        request.record = true
        let call = try await PlaceCall(context)(request).call
        _ = try await TakeVoiceCommands(context)(nodeID: context.ids.next(), limit: 10)
        try await RecordProgress(context)(
            callID: call.id,
            steps: [.init("sip.answered", id: context.ids.next(), at: clock.now(), event: .answered)]
        )
        if isOver { try await settle(call) }
        return call
    }

    fileprivate func settle(_ call: Call) async throws {
        let ending = CallEnding(cause: .normalClearing, endedAt: clock.now())
        _ = try await SettleCall(context)(callID: call.id, ending: ending)
    }
}
