import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// What one workspace does in a history, and what that must cost. Its client gives up on no request: what a crash left
/// undone or unanswered, it asks for again with the same key.
final class Life: Sendable {
    private struct State {
        var random: SplitMix64
        var steps = 0
        /// Numbers that it has, and has had.
        var rentals: [RentalYear] = []
        var refunds: [Int64] = []
        var creditedMinor: Int64
        var expectedCosts: [Identifier: Int64] = [:]
    }

    let workspace: Workspace
    private let inventory: [String]
    private let state: Locked<State>

    /// - Parameter inventory: numbers that nobody else claims.
    init(_ workspace: Workspace, creditMinor: Int64, inventory: [String], seed: UInt64) {
        self.workspace = workspace
        self.inventory = inventory
        state = Locked(State(random: SplitMix64(seed: seed), creditedMinor: creditMinor))
    }

    /// What operators gave, less all charges, as it must be at a moment.
    func expected(at now: Timestamp) -> (rentals: [RentalYear.Movement], otherMinor: Int64) {
        state.withLock { state in
            (
                state.rentals.flatMap { $0.movements(until: now) }.sorted(),
                state.creditedMinor + state.refunds.reduce(0, +) - state.expectedCosts.values.reduce(0, +)
            )
        }
    }

    /// What each call must cost.
    var costs: [Identifier: Int64] { state.withLock(\.expectedCosts) }

    /// One thing, whatever it is.
    func act(_ context: PlatformContext, _ bank: HistoryBank) async throws {
        let (choice, step) = state.withLock { state in
            state.steps += 1
            return (Int.random(in: 0..<10, using: &state.random), state.steps)
        }
        switch choice {
        case 0, 1: try await askForMoney(context, step)
        case 2: payByHand(bank)
        case 3: try await claim(context, step)
        case 4: try await release(context)
        case 5: try await credit(context, step)
        case 6: try await refund(context, step)
        default: try await call(context, step)
        }
    }

    private func draw<T: Sendable>(_ body: (inout SplitMix64) -> T) -> T { state.withLock { body(&$0.random) } }

    private var phone: String { "+254700000\(100 + draw { Int.random(in: 0..<3, using: &$0) })" }

    private var amountMinor: Int64 { draw { Int64.random(in: 1...4, using: &$0) } * 100_00 }

    private func askForMoney(_ context: PlatformContext, _ step: Int) async throws {
        let (phone, amount) = (phone, amountMinor)
        do {
            try await Crash.retrying {
                _ = try await RequestTopup(context)(
                    .init(phone: phone, amountMinor: amount),
                    workspaceID: self.workspace.id,
                    idempotency: try IdempotencyRequest(key: "topup-\(step)", operation: "topup", body: Data())
                )
            }
        } catch let refusal as PlatformError where refusal.code == .topupPending {
            return
        }
    }

    private func payByHand(_ bank: HistoryBank) {
        bank.pay(amountMinor, account: workspace.mpesaAccountReference.lowercased(), phone: phone)
    }

    private func claim(_ context: PlatformContext, _ step: Int) async throws {
        let held = state.withLock(\.rentals.count)
        guard held < inventory.count else { return }
        let e164 = inventory[held]
        _ = try await Crash.retrying {
            try await ClaimNumber(context)(
                workspaceID: self.workspace.id,
                wanted: .e164(e164),
                idempotency: try IdempotencyRequest(key: "claim-\(step)", operation: "claim", body: Data())
            )
        }
        state.withLock { $0.rentals.append(RentalYear(e164: e164, claimedAt: context.clock.now(), releasedAt: nil)) }
    }

    private func release(_ context: PlatformContext) async throws {
        let held = state.withLock { $0.rentals.firstIndex { $0.releasedAt == nil } }
        guard let held else { return }
        let rental = state.withLock { $0.rentals[held] }
        do {
            _ = try await Crash.retrying {
                try await ReleaseNumber(context)(rental.e164, workspaceID: self.workspace.id)
            }
        } catch let refusal as PlatformError where [.numberNotFound, .numberNotAssigned].contains(refusal.code) {
            // The first time had released it, and nobody heard of it.
        }
        state.withLock {
            $0.rentals[held] = RentalYear(
                e164: rental.e164,
                claimedAt: rental.claimedAt,
                releasedAt: context.clock.now()
            )
        }
    }

    private func credit(_ context: PlatformContext, _ step: Int) async throws {
        let amount = amountMinor
        _ = try await Crash.retrying {
            try await CreditWallet(context)(
                workspaceID: self.workspace.id,
                amountMinor: amount,
                key: "gift-\(step)",
                description: "Goodwill"
            )
        }
        state.withLock { $0.creditedMinor += amount }
    }

    /// The operator pays a call back, wholly or in part, as long as something is left of it.
    private func refund(_ context: PlatformContext, _ step: Int) async throws {
        var filter = PostingFilter()
        (filter.kind, filter.limit) = (.callCharge, 100)
        let charges = try await ListTransactions(context)(workspaceID: workspace.id, filter).postings
        guard let charge = charges.isEmpty ? nil : draw({ charges.randomElement(using: &$0) }) else { return }
        let amount = draw { Int64.random(in: 1...(-charge.amountMinor), using: &$0) }
        do {
            let refund = try await Crash.retrying {
                try await RefundCharge(context)(
                    charge.entryID,
                    amountMinor: amount,
                    key: "refund-\(step)",
                    reason: "Pole"
                )
            }
            state.withLock { $0.refunds.append(refund.amountMinor) }
        } catch let refusal as PlatformError where refusal.code == .refundTooLarge {
            return
        }
    }

    /// What was paid back of calls.
    var refunds: [Int64] { state.withLock(\.refunds) }

    private func call(_ context: PlatformContext, _ step: Int) async throws {
        guard let from = state.withLock({ $0.rentals.first { $0.releasedAt == nil }?.e164 }) else { return }
        var request = CallRequest(workspaceID: workspace.id, from: from, to: World.callee)
        if draw({ Bool.random(using: &$0) }) {
            request.maxCostMinor = draw { Int64.random(in: 1_00...15_00, using: &$0) }
        }
        request.idempotency = try IdempotencyRequest(key: "call-\(step)", operation: "call", body: Data())
        let wish = request
        let quote = try await Crash.retrying { try await PlaceCall(context).quote(wish) }
        let rate = try #require(quote.ratePerMinuteMinor)
        let placed = try await Crash.retrying { try await PlaceCall(context)(wish).call }
        let (seconds, isAnswered) = draw {
            (Int64.random(in: 1...400, using: &$0), Int.random(in: 0..<4, using: &$0) > 0)
        }
        let answeredAt = context.clock.now()
        let stepID = context.ids.next()
        try await Crash.retrying {
            guard isAnswered else { return }
            try await RecordProgress(context)(
                callID: placed.id,
                steps: [.init("answered", id: stepID, at: answeredAt, event: .answered)]
            )
        }
        let ending = CallEnding(
            cause: isAnswered ? .normalClearing : .noAnswer,
            endedAt: answeredAt + .seconds(Double(seconds))
        )
        // What was quoted before it was placed, by the second, to the cent, and never more than was agreed on.
        let asked = isAnswered ? Int64((Double(seconds) * Double(rate) / 60).rounded()) : 0
        let cost = min(asked, wish.maxCostMinor ?? asked)
        state.withLock { $0.expectedCosts[placed.id] = cost }
        for _ in 0..<draw({ Int.random(in: 1...2, using: &$0) }) {
            try await Crash.retrying { _ = try await SettleCall(context)(callID: placed.id, ending: ending) }
        }
    }
}
