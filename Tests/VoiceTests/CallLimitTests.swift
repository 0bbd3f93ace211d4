import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@testable import Voice

/// Calls that are ended from here, and calls that wait for their turn.
@Suite(.timeLimit(.minutes(1))) struct CallLimitTests {
    @Test func aCallIsEndedBeforeItCostsMoreThanItsCap() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            // One second at KES 3 a minute.
            let call = try await world.place { $0.maxCostMinor = 5 }
            let phone = try await trunk.nextCall()
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .maxCost && settled.costMinor <= 5)
            #expect("\(try await phone.ended())".contains("remoteBye(q850: Optional(16))"))
            let wallet = try await GetWallet(world.context)(workspaceID: world.workspace.id)
            #expect(wallet.heldMinor == 0 && wallet.balance.minor == 1000_00 - settled.costMinor)
        }
        await trunk.stop()
    }

    @Test func aWorkspacesLongestCallIsEnded() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            _ = try await ManageLimits(world.context).change(workspaceID: world.workspace.id) {
                $0.longestCallSeconds = 1
            }
            try await world.addTrunk(port: trunk.port)
            let settled = try await world.ended(try await world.place())
            #expect(settled.status == .completed && settled.hangupCause == .maxDuration)
        }
        await trunk.stop()
    }

    @Test func aCallIsDialledAtItsTurn() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.platform.callsPerSecond = 2
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let first = try await world.place()
            let second = try await world.place()
            _ = try await trunk.nextCall()
            #expect(second.dialAt == first.createdAt + .milliseconds(500))
            #expect(try await world.kinds(second) == ["call.started"])
            world.clock.advance(by: .milliseconds(500))
            _ = try await trunk.nextCall()
            try await world.wait(for: .answered, of: second)
        }
        await trunk.stop()
    }

    /// A node wakes for a turn by itself: nothing is notified, and its beat is an hour away.
    @Test func anAlarmWakes() async throws {
        let (notifications, silence) = AsyncStream.makeStream(of: Void.self)
        let (wakes, alarm) = WakeSource.merge(notifications, every: .seconds(3600))
        var iterator = wakes.makeAsyncIterator()
        #expect(await iterator.next() != nil)
        alarm.set(after: .seconds(3600))
        alarm.set(after: .milliseconds(5))
        #expect(await iterator.next() != nil)
        silence.finish()
        #expect(await iterator.next() == nil)
    }
}
