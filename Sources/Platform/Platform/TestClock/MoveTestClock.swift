import Database
package import Primitives

/// Sends a test workspace's clock on its way; workers move it there, from one thing that is to be done to the next.
package struct MoveTestClock: Sendable {
    /// How far.
    package enum Wish: Sendable, Equatable {
        /// By a time.
        case by(Duration)
        /// To a moment.
        case to(Timestamp)
    }

    /// The furthest that one request moves it.
    package static let longest: Duration = .seconds(366 * 86_400)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The clock, with its target.
    ///
    /// - Throws: `PlatformError` `test_clock.live_workspace`, `test_clock.moving`, `request.invalid` for a moment that has
    ///   passed or is too far, `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ wish: Wish, workspaceID: Identifier) async throws -> TestClock {
        try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
            try Self.requireTest(workspace)
            let clock = try TestClockTable.clock(of: workspace, at: context.serverClock.now(), in: tx)
            if let target = clock.target {
                throw PlatformError(
                    .testClockMoving,
                    "The clock is on its way to \(target.rfc3339Seconds). Wait for it."
                )
            }
            let target = try Self.target(wish, from: clock.now)
            try TestClockTable.setTarget(target, of: workspaceID, in: tx)
            try RecordAudit(context)(
                .testClockMoved,
                of: workspaceID,
                before: ["now": .string(clock.now.rfc3339)],
                after: ["target": .string(target.rfc3339)],
                workspaceID: workspaceID,
                in: tx
            )
            tx.notify(Channel.testClocks)
            return TestClock(now: clock.now, offset: clock.offset, target: target)
        }
    }

    /// What the clock shows, and where it is going.
    ///
    /// - Throws: `PlatformError` `test_clock.live_workspace`; `DatabaseError`.
    package func read(workspaceID: Identifier) async throws -> TestClock {
        try await context.database.read { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            try Self.requireTest(workspace)
            return try TestClockTable.clock(of: workspace, at: context.serverClock.now(), in: tx)
        }
    }

    private static func requireTest(_ workspace: Workspace) throws(PlatformError) {
        guard workspace.isTest else {
            throw PlatformError(.testClockLive, "Only a test workspace has a clock of its own. Use a tsk_test_ key.")
        }
    }

    private static func target(_ wish: Wish, from now: Timestamp) throws(PlatformError) -> Timestamp {
        let (target, field) =
            switch wish {
            case .by(let time): (now + time, "seconds")
            case .to(let moment): (moment, "to")
            }
        guard target > now, target - now <= longest else {
            throw PlatformError(
                .requestInvalid,
                "A clock goes forward, by at most 366 days at a time. It shows \(now.rfc3339Seconds).",
                field: field
            )
        }
        return target
    }
}
