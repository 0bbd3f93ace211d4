import Foundation
import TestSupport

/// The threads of this process.
enum ThreadCount {
    /// More threads than there were before, by their names.
    struct Leak: Error, CustomStringConvertible {
        let before: Int
        let rounds: Int
        let names: [String]

        var description: String { "\(before) threads, and after \(rounds) rounds \(names.count): \(names.sorted())" }
    }

    private static let rounds = 8

    /// Does the same again and again, and expects fewer new threads than one for each time.
    ///
    /// What a process keeps for good, such as loops, is there after the first times. A thread that was told to end takes a
    /// moment for it, and those of the system's queues some seconds in which nobody needs them.
    ///
    /// - Throws: `Leak`, or what `round` throws.
    static func expectNoMore(_ round: () async throws -> Void) async throws {
        for _ in 0..<2 { try await round() }
        let before = names().count
        for _ in 0..<rounds { try await round() }
        do {
            try await Waiting.until(within: .seconds(40)) { names().count < before + rounds ? true : nil }
        } catch is WaitingTimeout {
            throw Leak(before: before, rounds: rounds, names: names())
        }
    }

    /// A thread that ends while it is looked at has no name any more.
    private static func names() -> [String] {
        let folder = "/proc/self/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return threads.compactMap { thread in
            try? String(contentsOfFile: "\(folder)/\(thread)/comm", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
