/// Waiting for something with a deadline, instead of sleeping and hoping.
package enum Waiting {
    /// The first element that passes, or an error after the deadline.
    ///
    /// - Throws: `WaitingTimeout` when the deadline passes or the sequence ends first.
    package static func first<S: AsyncSequence & Sendable>(
        of sequence: S,
        within limit: Duration = .seconds(40),
        where passes: @escaping @Sendable (S.Element) -> Bool = { _ in true }
    ) async throws -> S.Element where S.Element: Sendable {
        try await within(limit) {
            for try await element in sequence where passes(element) { return element }
            throw WaitingTimeout(what: "the sequence ended")
        }
    }

    /// The result of `work`, or an error after the deadline.
    ///
    /// - Throws: `WaitingTimeout`, or what `work` throws.
    package static func within<T: Sendable>(
        _ limit: Duration = .seconds(40),
        _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await withThrowingTaskGroup(of: T.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw WaitingTimeout(what: "nothing within \(limit)")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw WaitingTimeout(what: "no task") }
            return result
        }
    }

    /// Asks again and again, a few milliseconds apart, until the answer is there, or fails after the deadline.
    ///
    /// - Throws: `WaitingTimeout`, or what `ask` throws.
    @discardableResult
    package static func until<T: Sendable>(
        within limit: Duration = .seconds(40),
        _ ask: @escaping @Sendable () async throws -> T?
    ) async throws -> T {
        try await within(limit) {
            while true {
                if let answer = try await ask() { return answer }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
