import TestSupport
import Testing

@testable import NameService

/// Each name is asked for once at a time.
@Suite(.timeLimit(.minutes(1))) struct NameCacheTests {
    @Test func manyWhoAskAtOnceAskOnce() async throws {
        let (asked, gate) = (Locked(0), AsyncStream.makeStream(of: Void.self))
        let cache = NameCache<Int>(limit: 10) { _ in
            asked.withLock { $0 += 1 }
            for await _ in gate.stream { break }
            return NameAnswer(value: 7, ttl: .seconds(60))
        }
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.value(of: "a") } }
            gate.continuation.yield()
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(values == Array(repeating: 7, count: 50))
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func whenNobodyAnswersWhatWasKnownHolds() async throws {
        let answers = Locked<[NameAnswer<Int>]>([NameAnswer(value: 1, ttl: .zero)])
        let cache = NameCache<Int>(limit: 10) { name in
            guard let answer = answers.withLock({ $0.popLast() }) else { throw NameFault.resolver("down") }
            return answer
        }
        #expect(try await cache.value(of: "a") == 1)
        #expect(try await cache.value(of: "a") == 1)
        await #expect(throws: NameFault.resolver("down")) { try await cache.value(of: "b") }
        answers.withLock { $0 = [NameAnswer(value: 2, ttl: .zero)] }
        #expect(try await cache.value(of: "a") == 2)
    }
}
