import Database
import Ledger
import Platform
import Primitives
import TestSupport

/// M-Pesa as the platform sees it, with answers that a test gives.
final class PaymentDesk: PaymentGateway {
    struct State {
        var pushes: [PaymentPush] = []
        var failures: [GatewayFailure] = []
        var outcomes: [PushOutcome] = []
        var questions = 0
        var list: [PaymentNews] = []
    }

    let state = Locked(State())

    func push(_ push: PaymentPush) async throws(GatewayFailure) -> String {
        let failure = state.withLock { state -> GatewayFailure? in
            state.pushes.append(push)
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }
        if let failure { throw failure }
        return "ws_CO_\(state.withLock { $0.pushes.count })"
    }

    func outcome(ofPush checkoutRequestID: String) async throws(GatewayFailure) -> PushOutcome {
        let outcome = state.withLock { state -> PushOutcome? in
            state.questions += 1
            return state.outcomes.isEmpty ? nil : state.outcomes.removeFirst()
        }
        guard let outcome else { throw .unanswered("the desk is closed") }
        return outcome
    }

    func payments(in span: ClosedRange<Timestamp>) async throws(GatewayFailure) -> [PaymentNews] {
        state.withLock { $0.list.filter { span.contains($0.occurredAt) } }
    }

    func register(validationURL: String, confirmationURL: String) async throws(GatewayFailure) {}
}

extension World {
    static let payer = "+254700000123"

    func advance(_ desk: PaymentDesk) async throws {
        let gateways = PaymentGateways(live: PaymentLine(desk, callbackURL: "https://api.example"), test: nil)
        _ = try await AdvanceTopups(context, gateways: gateways)()
    }

    func askFor(_ minor: Int64 = 500_00, phone: String = World.payer) async throws -> Topup {
        try await RequestTopup(context)(.init(phone: phone, amountMinor: minor), workspaceID: workspace.id).topup
    }

    func topup(_ id: Identifier) async throws -> Topup {
        try await ReadTopups(context).one(id, workspaceID: workspace.id).topup
    }

    /// A callback of a push that was paid.
    func paid(_ topup: Topup, receipt: String, minor: Int64? = nil, name: String = "ws_CO_1") -> PushResult {
        var result = PushResult(checkoutRequestID: name, outcome: .paid)
        result.receipt = receipt
        result.amountMinor = minor ?? topup.amountMinor
        result.payer = "254700000123"
        result.occurredAt = clock.now()
        return result
    }

    /// A confirmation of a payment to the Paybill.
    func paybill(_ receipt: String, _ minor: Int64, account: String, payer: String = "2547 ***** 123") -> PaymentNews {
        var news = PaymentNews(.paybill, receipt: receipt, amountMinor: minor, occurredAt: clock.now(), isTest: false)
        news.account = account
        news.payer = payer
        return news
    }

    func events(_ kind: String) async throws -> Int {
        try await context.database.read { tx in
            try tx.rows("SELECT id FROM events WHERE kind = $1", [kind]).count
        }
    }
}
