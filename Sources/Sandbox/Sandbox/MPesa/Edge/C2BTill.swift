/// Brings a customer's own payment to its end: asks the validation, moves the money or not (facts section 6).
struct C2BTill: Sendable {
    let vault: MPesaVault
    let outbox: MPesaOutbox

    /// Decides a payment, and says what is then to be sent.
    func decide(_ arrival: C2BArrival) async -> (verdict: C2BVerdict, notices: [MPesaNotice]) {
        var verdict = C2BVerdict.accepted(thirdParty: "")
        if let validation = arrival.validation { verdict = await outbox.ask(validation) }
        var thirdParty = ""
        if case .accepted(let reference) = verdict { thirdParty = reference }
        let notices = vault.open { bank, now in
            bank.goesThrough(verdict) ? bank.complete(arrival, thirdParty: thirdParty, at: now) : []
        }
        return (verdict, notices)
    }
}
