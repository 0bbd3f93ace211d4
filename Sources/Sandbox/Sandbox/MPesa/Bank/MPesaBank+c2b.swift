import Platform
import Primitives

/// Payments that customers make by themselves (facts section 6).
extension MPesaBank {
    /// Registers URLs. The answer's first name lacks an "n", as Safaricom's does.
    mutating func register(_ urls: C2BURLs, _ api: DarajaAPI) throws(DarajaError) -> JSONValue {
        guard urls.shortcode == settings.shortcode else { throw api.invalid("ShortCode") }
        if settings.strictness.registersOnce, self.urls != nil { throw .alreadyRegistered }
        self.urls = urls
        return [
            "OriginatorCoversationID": .string(ids.request()), "ResponseCode": "0", "ResponseDescription": "Success",
        ]
    }

    /// Takes a payment that may still be refused by its validation.
    ///
    /// - Parameter api: the simulation; nil for a person at a phone.
    mutating func begin(_ payment: C2BPayment, _ api: DarajaAPI?, at now: Timestamp) throws(DarajaError) -> C2BArrival {
        let candidates = api == nil ? MPesaFault.ofPayments : MPesaFault.ofSimulations
        let api = api ?? .simulateV2
        let receiver = payment.isBuyGoods ? settings.till : settings.shortcode
        // Simulations of a till name the store's number or the till.
        guard payment.shortcode == receiver || payment.shortcode == settings.shortcode else {
            throw api.invalid("ShortCode")
        }
        guard payment.amount <= settings.maximumAmount else { throw api.invalid("Amount") }
        let receipt = ids.receipt(at: now)
        var validation: MPesaNotice?
        if settings.validatesC2B, let urls {
            validation = MPesaNotice(
                .validation,
                url: urls.validationURL,
                shortcode: payment.shortcode,
                reference: receipt,
                body: C2BBody.document(
                    payment.isBuyGoods ? .buyGoods : .payBill,
                    receipt: receipt,
                    amount: payment.amount,
                    phone: payment.phone,
                    shortcode: payment.shortcode,
                    account: payment.account,
                    balance: nil,
                    thirdParty: "",
                    form: form(urls),
                    at: now
                )
            )
        }
        return C2BArrival(
            receipt: receipt,
            payment: payment,
            conversationID: ids.request(),
            beganAt: now,
            mishaps: mishaps(of: payment.phone, among: candidates),
            validation: validation
        )
    }

    /// Whether a payment goes through by the answer to its validation; what was registered decides without one.
    func goesThrough(_ verdict: C2BVerdict) -> Bool {
        switch verdict {
        case .accepted: true
        case .rejected: false
        case .unanswered: urls?.completesUnanswered ?? true
        }
    }

    /// Moves the money of a payment that goes through, and says what is to be sent: nothing without registered URLs.
    mutating func complete(_ arrival: C2BArrival, thirdParty: String, at now: Timestamp) -> [MPesaNotice] {
        let payment = arrival.payment
        let transaction = post(
            payment.isBuyGoods ? .buyGoods : .payBill,
            receipt: arrival.receipt,
            amount: payment.amount,
            phone: payment.phone,
            shortcode: payment.shortcode,
            account: payment.account,
            conversationID: arrival.conversationID,
            at: now
        )
        guard let urls else { return [] }
        return confirmation(of: transaction, urls, thirdParty: thirdParty).suffering(arrival.mishaps)
    }

    func confirmation(of transaction: MPesaTransaction, _ urls: C2BURLs, thirdParty: String = "") -> MPesaNotice {
        MPesaNotice(
            .confirmation,
            url: urls.confirmationURL,
            shortcode: transaction.shortcode,
            reference: transaction.receipt,
            body: C2BBody.document(
                transaction.kind,
                receipt: transaction.receipt,
                amount: transaction.amount,
                phone: transaction.phone,
                shortcode: transaction.shortcode,
                account: transaction.account,
                balance: transaction.balance,
                thirdParty: thirdParty,
                form: form(urls),
                at: transaction.completedAt
            )
        )
    }

    private func form(_ urls: C2BURLs) -> MPesaPayerForm {
        guard settings.payerForm == .byVersion else { return settings.payerForm }
        return urls.isVersion2 ? .masked : .hashed
    }
}
