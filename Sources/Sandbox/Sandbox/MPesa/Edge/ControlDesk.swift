import Foundation
import Platform
import Primitives
import WebSupport

/// What only a sandbox has, under `/control`: faults, payments at a phone, and a look at all that happened.
struct ControlDesk: Sendable {
    static let prefix = "/control/"

    let settings: SandboxMPesaSettings
    let vault: MPesaVault
    let outbox: MPesaOutbox

    /// Answers a request; a wrong one with 400 and the reason.
    func answer(_ request: MPesaRequest) async -> MPesaAnswer {
        do throws(PlatformError) {
            switch (request.method, request.path.dropFirst(Self.prefix.count)) {
            case ("POST", "faults"): return try plan(Self.document(request))
            case ("GET", "faults"): return faults()
            case ("GET", "payments"): return payments()
            case ("POST", "paybill"): return try await pay(Self.document(request))
            case ("GET", "statement.csv"):
                let csv = vault.open { bank, _ in MPesaStatement.csv(bank.transactions.inOrder) }
                return MPesaAnswer(text: csv, contentType: "text/csv; charset=utf-8")
            case ("GET", "phones"): return phones()
            default:
                let message = "There is no \(request.method) \(request.path)."
                return MPesaAnswer(["error": .string(message)], status: 404)
            }
        } catch {
            return MPesaAnswer(["error": .string(error.message)], status: 400)
        }
    }

    private func plan(_ document: JSONValue) throws(PlatformError) -> MPesaAnswer {
        var reader = FieldReader(document)
        if reader.bool("clear") {
            vault.open { bank, _ in bank.plan.clear() }
            return faults()
        }
        let name = reader.string("fault")
        let phone = reader.optionalString("phone")
        let times = reader.optionalInteger("times") ?? 1
        let milliseconds = reader.optionalInteger("milliseconds")
        let percent = reader.optionalInteger("percent") ?? 100
        try reader.finish()
        guard let fault = MPesaFault(rawValue: name) else {
            let known = MPesaFault.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlatformError(.requestInvalid, "'fault' is one of \(known).", field: "fault")
        }
        if let phone, !DarajaFields.isPhone(phone) { throw Self.wrong("phone", "is a number such as 254700000200") }
        guard (0...1_000_000).contains(times) else { throw Self.wrong("times", "is 0, for always, to 1000000") }
        guard (0...600_000).contains(milliseconds ?? 0) else { throw Self.wrong("milliseconds", "is 0 to 600000") }
        guard (1...100).contains(percent) else { throw Self.wrong("percent", "is 1 to 100") }
        let rule = MPesaFaultRule(
            fault: fault,
            phone: phone,
            remaining: times == 0 ? nil : Int(times),
            milliseconds: milliseconds,
            percent: Int(percent)
        )
        vault.open { bank, _ in bank.plan.add(rule) }
        return faults()
    }

    private func faults() -> MPesaAnswer {
        let rules = vault.open { bank, _ in bank.plan.rules }
        return MPesaAnswer(["faults": .array(rules.map(\.document))])
    }

    private func payments() -> MPesaAnswer {
        MPesaAnswer(
            vault.open { bank, _ in
                [
                    "payments": .array(bank.payments.inOrder.map(\.document)),
                    "transactions": .array(bank.transactions.inOrder.map(\.document)),
                    "deliveries": .array(bank.deliveries.inOrder.map(\.document)),
                    "balance": .integer(bank.balance),
                ]
            }
        )
    }

    /// A person at a phone pays; the answer waits for the validation, not for the confirmation.
    private func pay(_ document: JSONValue) async throws(PlatformError) -> MPesaAnswer {
        var reader = FieldReader(document)
        let (phone, account) = (reader.string("phone"), reader.optionalString("account") ?? "")
        let amount = reader.optionalInteger("amount") ?? 0
        try reader.finish()
        guard DarajaFields.isPhone(phone) else { throw Self.wrong("phone", "is a number such as 254700000200") }
        guard account.count <= 20 else { throw Self.wrong("account", "has at most 20 characters") }
        guard (1...settings.maximumAmount).contains(amount) else {
            throw Self.wrong("amount", "is 1 to \(settings.maximumAmount) whole shillings")
        }
        let payment = C2BPayment(shortcode: settings.shortcode, amount: amount, phone: phone, account: account)
        let arrival: C2BArrival
        do throws(DarajaError) {
            arrival = try vault.open { bank, now throws(DarajaError) in try bank.begin(payment, nil, at: now) }
        } catch {
            throw PlatformError(.requestInvalid, error.message)
        }
        let (verdict, notices) = await C2BTill(vault: vault, outbox: outbox).decide(arrival)
        let isPaid = vault.open { bank, _ in bank.transactions[arrival.receipt] != nil }
        outbox.after(.zero) { await outbox.send(notices) }
        var code = JSONValue.null
        if case .rejected(let text) = verdict { code = .string(text) }
        return MPesaAnswer([
            "TransID": .string(arrival.receipt), "status": isPaid ? "completed" : "cancelled", "ResultCode": code,
        ])
    }

    private func phones() -> MPesaAnswer {
        let rows = SandboxPhones.special.map { entry -> JSONValue in
            ["number": .string(entry.number), "meaning": .string(entry.meaning)]
        }
        return MPesaAnswer(["phones": .array(rows)])
    }

    private static func wrong(_ field: String, _ rule: String) -> PlatformError {
        PlatformError(.requestInvalid, "'\(field)' \(rule).", field: field)
    }

    private static func document(_ request: MPesaRequest) throws(PlatformError) -> JSONValue {
        // What was wrong with the text helps nobody here: it is no object.
        guard let body = request.body, let document = try? JSONValue(parsing: Data(body)), case .object = document
        else {
            throw PlatformError(.requestMalformed, "The body must be a JSON object.")
        }
        return document
    }
}
