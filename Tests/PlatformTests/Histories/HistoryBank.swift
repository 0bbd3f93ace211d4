import Foundation
import Platform
import Primitives
import TestSupport

/// M-Pesa in a history: what was really paid, and who tells of it, how often and in which order.
final class HistoryBank: PaymentGateway {
    struct Payment: Sendable {
        let receipt: String
        let amountMinor: Int64
        let phone: String
        let account: String
        let paidAt: Timestamp
    }

    /// Something that is still to be told.
    enum News: Sendable {
        case callback(PushResult, topupID: Identifier)
        case confirmation(PaymentNews)
    }

    private struct State {
        var payments: [Payment] = []
        var pushes: [String: PushOutcome] = [:]
        var news: [News] = []
        var random: SplitMix64
    }

    private let state: Locked<State>
    private let clock: any WallClock

    init(seed: UInt64, clock: any WallClock) {
        state = Locked(State(random: SplitMix64(seed: seed)))
        self.clock = clock
    }

    var payments: [Payment] { state.withLock(\.payments) }

    /// Somebody pays to the Paybill by hand.
    func pay(_ amountMinor: Int64, account: String, phone: String) {
        state.withLock { state in
            let payment = Self.pay(amountMinor, phone, account, at: clock.now(), &state)
            for _ in 0..<Int.random(in: 0...2, using: &state.random) {
                state.news.append(.confirmation(payment.news(.paybill)))
            }
        }
    }

    /// News in any order; nil when there are none.
    func takeNews() -> News? {
        state.withLock { state in
            guard !state.news.isEmpty else { return nil }
            return state.news.remove(at: Int.random(in: 0..<state.news.count, using: &state.random))
        }
    }

    /// Whoever was not heard tells it again, or gives up.
    func repeatOrForget(_ news: News) {
        state.withLock { if Bool.random(using: &$0.random) { $0.news.append(news) } }
    }

    func push(_ push: PaymentPush) async throws(GatewayFailure) -> String {
        let answer: Result<String, GatewayFailure> = state.withLock { state in
            let chance = Int.random(in: 0..<10, using: &state.random)
            if chance == 0 { return .failure(.unavailable("busy")) }
            if chance == 1 { return .failure(.refused(code: "400.002.02", text: "Bad Request")) }
            if chance == 2 { return .failure(.unanswered("lost on the way there")) }
            let name = "ws_CO_\(state.pushes.count)"
            ring(push, name, &state)
            return chance == 3 ? .failure(.unanswered("lost on the way back")) : .success(name)
        }
        return try answer.get()
    }

    func outcome(ofPush checkoutRequestID: String) async throws(GatewayFailure) -> PushOutcome {
        let answer: Result<PushOutcome, GatewayFailure> = state.withLock { state in
            switch Int.random(in: 0..<4, using: &state.random) {
            case 0: .failure(.unanswered("nobody answers"))
            case 1: .success(.pending)
            default: .success(state.pushes[checkoutRequestID] ?? .pending)
            }
        }
        return try answer.get()
    }

    func payments(in span: ClosedRange<Timestamp>) async throws(GatewayFailure) -> [PaymentNews] {
        payments.filter { span.contains($0.paidAt) }.map { $0.news(.pull) }
    }

    func register(validationURL: String, confirmationURL: String) async throws(GatewayFailure) {}

    /// The phone's holder pays or does not, and both are told by none or by several voices.
    private func ring(_ push: PaymentPush, _ name: String, _ state: inout State) {
        let parts = push.callbackURL.split(separator: "/")
        guard let topupID = Identifier(parsing: String(parts[parts.count - 2])) else { return }
        let isPaid = Int.random(in: 0..<10, using: &state.random) < 7
        let outcome: PushOutcome = isPaid ? .paid : .refused(TopupFailure(.cancelled, code: "1032", text: "Cancelled"))
        state.pushes[name] = outcome
        var result = PushResult(checkoutRequestID: name, outcome: outcome)
        if isPaid {
            let payment = Self.pay(push.amountMinor, push.phone, push.account, at: clock.now(), &state)
            result.receipt = payment.receipt
            result.amountMinor = payment.amountMinor
            result.payer = payment.phone
            result.occurredAt = payment.paidAt
            for _ in 0..<Int.random(in: 0...2, using: &state.random) {
                state.news.append(.confirmation(payment.news(.paybill)))
            }
        }
        for _ in 0..<Int.random(in: 0...2, using: &state.random) {
            state.news.append(.callback(result, topupID: topupID))
        }
    }

    private static func pay(
        _ amountMinor: Int64,
        _ phone: String,
        _ account: String,
        at now: Timestamp,
        _ state: inout State
    ) -> Payment {
        let payment = Payment(
            receipt: "UK\(1_000_000 + state.payments.count)",
            amountMinor: amountMinor,
            phone: phone,
            account: account,
            paidAt: now
        )
        state.payments.append(payment)
        return payment
    }
}

extension HistoryBank.Payment {
    func news(_ source: PaymentSource) -> PaymentNews {
        var news = PaymentNews(source, receipt: receipt, amountMinor: amountMinor, occurredAt: paidAt, isTest: false)
        news.account = account
        news.payer = phone
        return news
    }
}
