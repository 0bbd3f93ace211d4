import Database
import Ledger
import MediaEngine
import Platform
import Primitives
import SIPStack
import TestSupport
import Testing
import Voice

/// The database gone, the node dead: what was talked is billed, once.
@Suite(.timeLimit(.minutes(1))) struct FaultTests {
    /// Hides a table, so that whatever writes it fails, as long as `body` runs.
    private static func without(_ table: String, _ world: VoiceWorld, _ body: () async throws -> Void) async throws {
        try await world.context.database.write { try $0.execute("ALTER TABLE \(table) RENAME TO hidden_away") }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await world.context.database.write { try $0.execute("ALTER TABLE hidden_away RENAME TO \(table)") }
        try result.get()
    }

    @Test func whatHappensWhileTheDatabaseIsAwayIsStoredWhenItIsBack() async throws {
        let trunk = try await TestTrunk { $0.session.ring() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .ringing)
            let answered = call.createdAt + .seconds(5)
            try await Self.without("call_events", world) {
                world.clock.advance(by: .seconds(5))
                phone.answer()
                // Media flows although nothing can be stored: the call does not wait for the database.
                try await Waiting.until { await phone.leg.statistics().received > 10 ? true : nil }
                world.clock.advance(by: .seconds(33))
                phone.session.hangUp()
                _ = try await phone.ended()
                try await Waiting.until { await world.agent.load().sessions == 0 ? true : nil }
                world.clock.advance(by: .seconds(600))
                #expect(
                    try await world.context.database.read { try $0.rows("SELECT id FROM calls WHERE ended_at IS NULL") }
                        .count == 1
                )
            }
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.answeredAt == answered)
            #expect(settled.durationSeconds == 33 && settled.costMinor == 165)
            #expect(try await world.balance() == 1000_00 - 165)
            let kinds = try await world.kinds(call)
            #expect(kinds.filter { $0 == "sip.answered" || $0 == "call.answered" || $0 == "call.completed" }.count == 3)
        }
        await trunk.stop()
    }

    @Test func aKilledNodesCallIsBilledOnceUpToItsLastHeartbeat() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            let answeredAt = try #require(try await world.read(call).call.answeredAt)
            world.clock.advance(by: .seconds(12))
            let now = world.clock.now()
            try await Waiting.until {
                let beat = try await world.context.database.read { tx in
                    try tx.first("SELECT MAX(heartbeat_at) AS beat FROM nodes")?.get("beat", as: Int64.self)
                }
                return beat == now.millisecondsSinceEpoch ? true : nil
            }
            await world.kill()
            world.clock.advance(by: .seconds(3))
            #expect(try await SettleOrphanedCalls(world.context)() == 0)
            world.clock.advance(by: .seconds(4))
            #expect(try await SettleOrphanedCalls(world.context)() == 1)
            #expect(try await SettleOrphanedCalls(world.context)() == 0)
            let settled = try await world.read(call).call
            #expect(settled.status == .completed && settled.hangupCause == .networkOutOfOrder)
            #expect(settled.endedAt == answeredAt + .seconds(12))
            #expect(settled.durationSeconds == 12 && settled.costMinor == 60)
            #expect(
                try await world.sentence(call)
                    == "The server that ran the call was lost, and the call was closed after 12 s."
            )
            #expect(try await world.balance() == 1000_00 - 60)
            #expect(try await world.context.database.read { try LedgerChecker.differences(in: $0) } == [])
        }
        await trunk.stop()
    }

    /// A node that could not be heard of for long is taken for dead: what others settled must not go on for nothing.
    @Test func aCallThatOthersSettledIsHungUpWhenTheNodeComesBack() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            try await Self.without("nodes", world) {
                world.clock.advance(by: .seconds(20))
                try await SettleCall(world.context)(
                    callID: call.id,
                    ending: CallEnding(cause: .networkOutOfOrder, endedAt: world.clock.now())
                )
            }
            #expect("\(try await phone.ended())".contains("remoteBye"))
            try await Waiting.until { world.service.activeCalls == 0 ? true : nil }
            let settled = try await world.read(call).call
            #expect(settled.hangupCause == .networkOutOfOrder && settled.costMinor == 100)
            #expect(try await world.balance() == 1000_00 - 100)
        }
        await trunk.stop()
    }
}
