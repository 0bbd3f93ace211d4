import Foundation
import Platform
import Primitives

/// What the sandbox M-Pesa knows: tokens, payments, money, URLs and faults. A value: a request and the time in, an
/// answer and notices out; no clock and no sockets.
struct MPesaBank: Sendable {
    /// Two payments of the same amount by the same customer must be this far apart (facts section 3).
    static let repeatWindow = Duration.seconds(120)

    let settings: SandboxMPesaSettings
    var ids: MPesaIDs
    var random: SplitMix64
    var plan = MPesaFaultPlan()

    var payments: MPesaRegister<MPesaPayment>
    var transactions: MPesaRegister<MPesaTransaction>
    var deliveries: MPesaRegister<MPesaDelivery>
    /// Shillings of the organisation.
    var balance: Int64
    /// By phone: when its payment locked it, and which.
    var locks: [String: (checkoutRequestID: String, since: Timestamp)] = [:]
    var urls: C2BURLs?
    var isPullRegistered = false
    /// Phones whose next push goes through, as one before did not.
    var forgiven: Set<String> = []
    private var token: (text: String, expiresAt: Timestamp)?
    private var deliveryCount = 0

    init(_ settings: SandboxMPesaSettings) {
        self.settings = settings
        ids = MPesaIDs(seed: settings.seed)
        random = SplitMix64(seed: settings.seed &+ 1)
        payments = MPesaRegister(capacity: settings.capacity)
        transactions = MPesaRegister(capacity: settings.capacity)
        deliveries = MPesaRegister(capacity: settings.capacity)
        balance = settings.openingBalance
    }

    /// A new token, which ends the one before (facts section 1).
    mutating func issueToken(at now: Timestamp) -> JSONValue {
        let text = ids.token()
        token = (text, now + settings.tokenLifetime)
        let seconds = max(0, settings.tokenLifetime.wholeMilliseconds / 1000 - 1)
        return [
            "access_token": .string(text),
            "expires_in": settings.strictness.sendsExpiryAsText ? .string("\(seconds)") : .integer(seconds),
        ]
    }

    /// Lets a request in, or not: what was asked to go wrong comes first, the token second.
    ///
    /// - Parameter phone: the one that the request names, read without judging it.
    mutating func admit(_ api: DarajaAPI, token text: String, phone: String?, at now: Timestamp) throws(DarajaError) {
        switch requestFault(phone: phone, isPush: api == .stkPush) {
        case .tokenExpired: token = nil
        case .spikeArrest: throw .spikeArrest
        case .quotaViolation: throw .quotaViolation
        case .serverError: throw .internalError
        default: break
        }
        guard let token, token.text == text, now < token.expiresAt else { throw api.invalidToken(text) }
    }

    /// What goes wrong with a phone's payment, or an initiator's request without a phone.
    ///
    /// - Parameter candidates: the faults that can befall it; others are left for what comes after it.
    mutating func mishaps(of phone: String?, among candidates: [MPesaFault]) -> MPesaMishaps {
        var mishaps = MPesaMishaps(faults: phone.flatMap(SandboxPhones.entry)?.faults ?? [], lateBy: settings.lateBy)
        for fault in candidates {
            guard let rule = plan.take(fault, phone: phone, random: &random) else { continue }
            mishaps.faults.insert(fault)
            if fault == .callbackLate, let milliseconds = rule.milliseconds {
                mishaps.lateBy = .milliseconds(milliseconds)
            }
        }
        return mishaps
    }

    mutating func record(_ delivery: MPesaDelivery) {
        deliveryCount += 1
        deliveries.insert(delivery, for: "\(deliveryCount)")
    }

    /// Adds a transaction and moves its money.
    mutating func post(
        _ kind: MPesaTransaction.Kind,
        receipt: String,
        amount: Int64,
        phone: String,
        shortcode: String,
        account: String,
        conversationID: String,
        at now: Timestamp
    ) -> MPesaTransaction {
        balance += kind == .reversal ? -amount : amount
        let transaction = MPesaTransaction(
            receipt: receipt,
            kind: kind,
            amount: amount,
            phone: phone,
            shortcode: shortcode,
            account: account,
            completedAt: now,
            balance: balance,
            conversationID: conversationID
        )
        transactions.insert(transaction, for: receipt)
        return transaction
    }

    /// What a phone paid on the present day of Nairobi, in shillings.
    func paidToday(_ phone: String, at now: Timestamp) -> Int64 {
        let day = MPesaTime.digits(now).prefix(8)
        return transactions.inOrder.reduce(0) { sum, transaction in
            guard transaction.phone == phone, transaction.kind != .reversal,
                MPesaTime.digits(transaction.completedAt).hasPrefix(day)
            else { return sum }
            return sum + transaction.amount
        }
    }

    private mutating func requestFault(phone: String?, isPush: Bool) -> MPesaFault? {
        for fault in MPesaFault.ofRequests where plan.take(fault, phone: phone, random: &random) != nil { return fault }
        guard isPush, let phone, let faults = SandboxPhones.entry(of: phone)?.faults,
            let fault = MPesaFault.ofRequests.first(where: faults.contains)
        else { return nil }
        return forgiven.insert(phone).inserted ? fault : nil
    }
}
