import Database
import Logging
package import Primitives

/// Asks phones to pay, and asks what came of it where nobody has told.
///
/// What is about to be asked is noted first, so that no phone is asked twice: when a node dies in between, only a callback or
/// the list of payments can still confirm the top-up.
package struct AdvanceTopups: Sendable {
    /// When to ask after a push: soon, and then ever more rarely (facts M-Pesa, section 10).
    private static let questions: [Duration] = [
        .seconds(10), .seconds(15), .seconds(15), .seconds(20), .seconds(30), .seconds(30), .seconds(60),
    ]
    private static let pushAttempts = 4
    private static let batch = 20

    private let context: PlatformContext
    private let gateways: PaymentGateways

    /// Works with these providers.
    package init(_ context: PlatformContext, gateways: PaymentGateways) {
        self.context = context
        self.gateways = gateways
    }

    /// Does what is due and returns how many there were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var count = 0
        while !Task.isCancelled {
            let due = try await lease()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for topup in due { group.addTask { try await advance(topup) } }
                try await group.waitForAll()
            }
            count += due.count
            if due.count < Self.batch { break }
        }
        return count
    }

    /// When the next is due; nil when none is.
    ///
    /// - Throws: `DatabaseError`.
    package func nextDue() async throws -> Timestamp? {
        try await context.database.read(snapshot: .perStatement) { try TopupTable.nextDue(in: $0) }
    }

    private func lease() async throws -> [Topup] {
        let now = context.clock.now()
        let leaseEnd = now + context.settings.gatewayLease
        return try await context.database.write(isolation: .readCommitted) { tx in
            try TopupTable.lease(dueBefore: now, leaseEnd: leaseEnd, limit: Self.batch, in: tx)
        }
    }

    private func advance(_ topup: Topup) async throws {
        guard let line = gateways[isTest: topup.isTest] else {
            return try await end(topup, TopupFailure(.providerUnavailable, text: "There is no M-Pesa here any more."))
        }
        switch topup.step {
        case .created: try await push(topup, line)
        // Its node died while it asked: whether the phone was asked is not known.
        case .asking: try await wait(for: topup)
        case .asked: try await question(topup, line.gateway)
        case .done: return
        }
    }

    private func push(_ topup: Topup, _ line: PaymentLine) async throws {
        guard let phone = topup.phone else { return }
        let account = try await context.database.read { tx in
            try WorkspaceTable.require(topup.workspaceID, in: tx).mpesaAccountReference
        }
        let push = PaymentPush(
            phone: phone,
            amountMinor: topup.amountMinor,
            account: account,
            callbackURL: line.callbackURL + PushCallback(context).path(of: topup.id)
        )
        do {
            let name = try await line.gateway.push(push)
            try await write { tx in
                try TopupTable.setCheckoutRequest(name, of: topup.id, in: tx)
                try schedule(.asked, topup, after: Self.questions.first, in: tx)
            }
        } catch let failure as GatewayFailure {
            try await take(failure, of: topup)
        }
    }

    private func take(_ failure: GatewayFailure, of topup: Topup) async throws {
        switch failure {
        case .refused(let code, let text):
            try await end(topup, TopupFailure(.refused, code: code, text: text))
        case .unanswered(let text):
            context.logger.warning("nobody knows whether a phone was asked", metadata: ["error": "\(text)"])
            try await wait(for: topup)
        case .unavailable(let text):
            guard topup.attempts + 1 < Self.pushAttempts else {
                return try await end(topup, TopupFailure(.providerUnavailable, text: text))
            }
            try await write { tx in
                try schedule(.created, topup, after: .seconds(2 << topup.attempts), in: tx)
            }
        }
    }

    private func question(_ topup: Topup, _ gateway: any PaymentGateway) async throws {
        var outcome = PushOutcome.pending
        if let name = topup.checkoutRequestID {
            do {
                outcome = try await gateway.outcome(ofPush: name)
            } catch {
                // No answer says nothing of the payment: it is asked again, or expires.
                context.logger.info("M-Pesa does not say what came of a push", metadata: ["error": "\(error)"])
            }
        }
        let answer = outcome
        try await write { tx in
            if answer != .pending { return try TakePushResult(context).answer(answer, of: topup, in: tx) }
            if Self.questions.indices.contains(topup.attempts + 1), topup.checkoutRequestID != nil {
                return try schedule(.asked, topup, after: Self.questions[topup.attempts + 1], in: tx)
            }
            try expire(topup, in: tx)
        }
    }

    /// Nothing can be asked: it is told, or it expires.
    private func wait(for topup: Topup) async throws {
        let longest = Self.questions.reduce(.zero, +)
        try await write { tx in try schedule(.asked, topup, after: longest, in: tx) }
    }

    private func expire(_ topup: Topup, in tx: SQLTransaction) throws {
        guard let current = try TopupTable.lock(topup.id, in: tx),
            let status = TopupStateMachine.next(current.status, .timeOut)
        else { return }
        let now = try context.onClock(of: topup.workspaceID, in: tx).clock.now()
        try TopupTable.end(topup.id, as: status, nil, at: now, in: tx)
    }

    private func end(_ topup: Topup, _ failure: TopupFailure) async throws {
        try await write { tx in try TakePushResult(context).answer(.refused(failure), of: topup, in: tx) }
    }

    /// Whoever was told meanwhile that it is over has the last word.
    private func schedule(_ step: TopupStep, _ topup: Topup, after wait: Duration?, in tx: SQLTransaction) throws {
        guard let current = try TopupTable.lock(topup.id, in: tx), current.status == .pending else { return }
        try TopupTable.setStep(step, of: topup, dueAt: context.clock.now() + (wait ?? .zero), in: tx)
    }

    private func write(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        try await context.database.write(isolation: .readCommitted, body)
    }
}
