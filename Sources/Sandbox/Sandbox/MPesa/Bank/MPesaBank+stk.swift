import Foundation
import Platform
import Primitives

/// Payments by STK push (facts sections 3 to 5).
extension MPesaBank {
    /// Takes a push, or refuses it.
    mutating func push(_ request: STKPushRequest, at now: Timestamp) throws(DarajaError) -> MPesaPayment {
        try authenticate(request.shortcode, request.password, request.timestamp, .stkPush, at: now)
        let fate = SandboxPhones.entry(of: request.phone)?.fate ?? .ends(.paid)
        if case .refusesPush = fate { throw .subscriberLocked }
        locks = locks.filter { now - $0.value.since < settings.lockLimit }
        guard locks[request.phone] == nil else { throw .subscriberLocked }
        guard locks.count < settings.capacity else { throw .busy }
        let payment = MPesaPayment(
            merchantRequestID: ids.request(),
            checkoutRequestID: freeCheckoutID(request.phone, at: now),
            request: request,
            acceptedAt: now,
            fate: fate,
            faults: mishaps(of: request.phone, among: MPesaFault.ofPushes)
        )
        forgiven.remove(request.phone)
        locks[request.phone] = (payment.checkoutRequestID, now)
        payments.insert(payment, for: payment.checkoutRequestID)
        return payment
    }

    /// Ends a payment as its fate says, and says what is to be sent; nothing for one that is over.
    mutating func finish(_ checkoutRequestID: String, at now: Timestamp) -> [MPesaNotice] {
        guard var payment = payments[checkoutRequestID], payment.result == nil else { return [] }
        let result: MPesaResult
        switch payment.fate {
        case .ends(let wanted), .timesOut(let wanted): result = wanted == .paid ? limit(payment, at: now) : wanted
        case .neverEnds, .refusesPush: return []
        }
        if locks[payment.request.phone]?.checkoutRequestID == checkoutRequestID { locks[payment.request.phone] = nil }
        payment.result = result
        var transaction: MPesaTransaction?
        if result == .paid {
            let receipt = ids.receipt(at: now)
            payment.receipt = receipt
            transaction = post(
                payment.request.transactionType == "CustomerBuyGoodsOnline" ? .buyGoods : .payBill,
                receipt: receipt,
                amount: payment.request.amount,
                phone: payment.request.phone,
                shortcode: payment.request.receiver,
                account: payment.request.reference,
                conversationID: payment.merchantRequestID,
                at: now
            )
        }
        payments[checkoutRequestID] = payment
        return notices(of: payment, transaction, at: now)
    }

    /// How a payment stands, without receipt and amount, which no query tells.
    mutating func query(_ request: STKQueryRequest, at now: Timestamp) throws(DarajaError) -> (Int, JSONValue) {
        try authenticate(request.shortcode, request.password, request.timestamp, .stkQuery, at: now)
        guard let payment = payments[request.checkoutRequestID] else { throw .transactionUnknown }
        if plan.take(.queryFault, phone: payment.request.phone, random: &random) != nil { throw .queryFault }
        if payment.faults.contains(.queryFault) { throw .queryFault }
        if settings.queryFaultPercent > Int.random(in: 0..<100, using: &random) { throw .queryFault }
        var result = payment.result ?? .stillProcessing
        if payment.result == .paid, payment.faults.contains(.queryContradicts) { result = .unreachable }
        if payment.result == nil {
            switch settings.inFlightShape {
            case .result4999: break
            case .fault500: throw .stillProcessing
            case .fault200: return (200, DarajaError.stillProcessing.document(requestID: ids.request()))
            }
        }
        return (
            200,
            [
                "ResponseCode": "0",
                "ResponseDescription": "The service request has been accepted successfully",
                "MerchantRequestID": .string(payment.merchantRequestID),
                "CheckoutRequestID": .string(payment.checkoutRequestID),
                "ResultCode": .string(result.code), "ResultDesc": .string(result.queryText),
            ]
        )
    }

    private func authenticate(
        _ shortcode: String,
        _ password: String,
        _ timestamp: String,
        _ api: DarajaAPI,
        at now: Timestamp
    ) throws(DarajaError) {
        guard shortcode == settings.shortcode else { throw .merchantUnknown }
        let expected = Data((shortcode + settings.passkey + timestamp).utf8).base64EncodedString()
        guard password == expected else { throw .wrongCredentials }
        if let window = settings.strictness.timestampWindow {
            guard let moment = MPesaTime.moment(digits: timestamp), moment - now <= window, now - moment <= window
            else {
                throw api.invalid("Timestamp")
            }
        }
    }

    /// Two payments of a phone in one millisecond get different ids all the same.
    private func freeCheckoutID(_ phone: String, at now: Timestamp) -> String {
        var moment = now
        while true {
            let id = MPesaIDs.checkout(at: moment, phone: phone)
            if payments[id] == nil { return id }
            moment = moment + .milliseconds(1)
        }
    }

    /// What becomes of a payment that its payer agrees to.
    private func limit(_ payment: MPesaPayment, at now: Timestamp) -> MPesaResult {
        let request = payment.request
        let isBuyGoods = request.transactionType == "CustomerBuyGoodsOnline"
        guard request.receiver == settings.shortcode || request.receiver == settings.till else {
            return .operatorUnknown
        }
        guard request.receiver == (isBuyGoods ? settings.till : settings.shortcode) else { return .notPermitted }
        if request.amount > settings.maximumAmount { return .aboveMaximum }
        if paidToday(request.phone, at: now) + request.amount > settings.dailyLimit { return .dailyLimit }
        if settings.strictness.limitsRepeats, isRepeat(request, at: now) { return .ruleLimited }
        return .paid
    }

    private func isRepeat(_ request: STKPushRequest, at now: Timestamp) -> Bool {
        transactions.inOrder.contains { earlier in
            earlier.phone == request.phone && earlier.amount == request.amount && earlier.kind != .reversal
                && now - earlier.completedAt < Self.repeatWindow
        }
    }

    private func notices(
        of payment: MPesaPayment,
        _ transaction: MPesaTransaction?,
        at now: Timestamp
    ) -> [MPesaNotice] {
        let callback = MPesaNotice(
            .stkCallback,
            url: payment.request.callbackURL,
            shortcode: payment.request.shortcode,
            reference: payment.checkoutRequestID,
            body: STKCallbackBody.document(payment, at: now)
        )
        var notices = callback.suffering(payment.faults)
        if payment.faults.contains(.callbackForged) {
            notices = MPesaForgery.notices(of: payment, at: now) + notices
        }
        if settings.confirmsSTK, let transaction, let urls { notices.append(confirmation(of: transaction, urls)) }
        return notices
    }
}
