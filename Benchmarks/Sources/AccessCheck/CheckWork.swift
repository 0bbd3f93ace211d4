import Glibc

/// Checks of secrets that the database knows, and what they cost.
struct CheckWork: Sendable {
    /// What `AuthenticateKey` keeps of a round's uses to store them later.
    static let storedUses = 10_000
    /// Coprime with the number of rows: goes through all of them, far apart from one to the next.
    private static let leap = 618_033

    let prefix: String
    let rows: Int
    let check: @Sendable (String) async throws -> Void

    /// Microseconds of CPU for each of `count` secrets that no other turn asks for.
    ///
    /// - Parameter callers: how many of them ask at once, each for its next secret after the last.
    func cold(_ count: Int, turn: Int, callers: Int) async throws -> Double {
        precondition((turn + 1) * count <= rows, "there are too few rows to ask for each once")
        let secrets = (0..<count).map { secret((turn * count + $0) * Self.leap % rows) }
        return try await Self.microseconds(of: count) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for first in 0..<callers {
                    group.addTask {
                        for index in stride(from: first, to: count, by: callers) { try await check(secrets[index]) }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Microseconds of CPU for a secret that was asked for just before.
    func warm(_ count: Int) async throws -> Double {
        let secret = secret(0)
        return try await Self.microseconds(of: count) {
            for _ in 0..<count { try await check(secret) }
        }
    }

    /// Microseconds of the process' CPU, all threads', for each of `count` parts of some work.
    static func microseconds(of count: Int, _ work: () async throws -> Void) async throws -> Double {
        let start = processMicroseconds()
        try await work()
        return (processMicroseconds() - start) / Double(count)
    }

    private func secret(_ index: Int) -> String {
        let digits = String(index)
        return prefix + String(repeating: "0", count: 32 - digits.count) + digits
    }

    private static func processMicroseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
