import TestSupport
import Testing

@testable import Voice

/// What calls do later, and what is left of it when they have ended before.
@Suite(.timeLimit(.minutes(1))) struct CallTimerTests {
    /// Whatever a timer would have needed: says when it is freed.
    private final class Payload: Sendable {
        private let freed: Locked<Bool>

        init(_ freed: Locked<Bool>) { self.freed = freed }

        deinit { freed.withLock { $0 = true } }
    }

    @Test func itRingsOnceWhenItIsDue() async throws {
        let rung = Locked(0)
        let timer = CallTimer(after: .milliseconds(20)) { rung.withLock { $0 += 1 } }
        #expect(!timer.isOver)
        try await Waiting.until { rung.withLock { $0 } > 0 ? true : nil }
        #expect(timer.isOver && rung.withLock { $0 } == 1)
    }

    @Test func nothingIsLeftOfOneThatIsLetGo() async throws {
        let (rung, freed) = (Locked(0), Locked(false))
        do {
            let payload = Payload(freed)
            let timer = CallTimer(after: .seconds(86_400)) {
                withExtendedLifetime(payload) { rung.withLock { $0 += 1 } }
            }
            #expect(!timer.isOver && !freed.withLock { $0 })
        }
        try await Waiting.until { freed.withLock { $0 } ? true : nil }
        #expect(rung.withLock { $0 } == 0)
    }
}
