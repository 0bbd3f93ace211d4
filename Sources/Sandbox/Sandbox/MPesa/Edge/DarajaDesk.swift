import Foundation
import Platform
import Primitives

/// Answers the calls of Daraja (facts sections 1 to 8), and sees to what follows from them.
struct DarajaDesk: Sendable {
    let settings: SandboxMPesaSettings
    let vault: MPesaVault
    let outbox: MPesaOutbox
    let credential: MPesaCredential

    /// Answers a request; every wrong one with its own refusal.
    func answer(_ request: MPesaRequest) async -> MPesaAnswer {
        do throws(DarajaError) {
            guard let api = DarajaAPI(rawValue: request.path) else { throw DarajaAPI.notFound(request.path) }
            guard api.takes(request.method) else {
                throw request.method == "GET" ? .missingAuthentication : .methodNotAllowed
            }
            return api == .token ? try token(request) : try await authorized(api, request)
        } catch {
            let id = vault.open { bank, _ in bank.ids.request() }
            return MPesaAnswer(error.document(requestID: id), status: error.status)
        }
    }

    /// A wrong key or secret is told by HTTP 400 alone.
    private func token(_ request: MPesaRequest) throws(DarajaError) -> MPesaAnswer {
        guard let authorization = request.authorization else { throw .missingAuthentication }
        guard let encoded = Self.credentials(authorization, scheme: "basic") else { throw .wrongAuthentication }
        guard request.grantType == "client_credentials" else { throw .wrongGrantType }
        let wanted = "\(settings.consumerKey):\(settings.consumerSecret)"
        guard let data = Data(base64Encoded: encoded), data == Data(wanted.utf8) else {
            return MPesaAnswer(emptyWith: 400)
        }
        return MPesaAnswer(vault.open { bank, now in bank.issueToken(at: now) })
    }

    private func authorized(_ api: DarajaAPI, _ request: MPesaRequest) async throws(DarajaError) -> MPesaAnswer {
        guard let token = request.authorization.flatMap({ Self.credentials($0, scheme: "bearer") }) else {
            throw .missingAuthentication
        }
        let document = Self.document(request)
        let fields = DarajaFields(document: document ?? .object([]), api: api, strictness: settings.strictness)
        let phone = fields.text("PhoneNumber") ?? fields.text("Msisdn")
        try vault.open { bank, now throws(DarajaError) in try bank.admit(api, token: token, phone: phone, at: now) }
        guard document != nil else { throw .unreadable }
        return try await perform(api, fields)
    }

    private func perform(_ api: DarajaAPI, _ fields: DarajaFields) async throws(DarajaError) -> MPesaAnswer {
        switch api {
        case .token: throw .methodNotAllowed
        case .stkPush: return try await push(STKPushRequest(fields))
        case .stkQuery:
            let request = try STKQueryRequest(fields)
            let (status, document) = try vault.open { bank, now throws(DarajaError) in
                try bank.query(request, at: now)
            }
            return MPesaAnswer(document, status: status)
        case .registerURLv1, .registerURLv2:
            let urls = try C2BURLs(fields)
            return MPesaAnswer(try vault.open { bank, _ throws(DarajaError) in try bank.register(urls, api) })
        case .simulateV1, .simulateV2: return try simulate(C2BPayment(fields), api)
        case .transactionStatus, .reversal, .accountBalance: return try initiate(InitiatorRequest(fields), api)
        case .pullRegister:
            let registration = try PullRegistration(fields)
            return MPesaAnswer(try vault.open { bank, _ throws(DarajaError) in try bank.register(registration) })
        case .pullQuery:
            let query = try PullQuery(fields)
            return MPesaAnswer(try vault.open { bank, now throws(DarajaError) in try bank.pull(query, at: now) })
        }
    }

    private func push(_ request: STKPushRequest) async throws(DarajaError) -> MPesaAnswer {
        let payment = try vault.open { bank, now throws(DarajaError) in try bank.push(request, at: now) }
        let id = payment.checkoutRequestID
        let finish: @Sendable () async -> Void = { [vault, outbox] in
            await outbox.send(vault.open { bank, now in bank.finish(id, at: now) })
        }
        if payment.faults.contains(.callbackFirst) {
            await finish()
        } else {
            switch payment.fate {
            case .ends: outbox.after(settings.paymentDelay, finish)
            case .timesOut: outbox.after(settings.noAnswerDelay, finish)
            case .neverEnds, .refusesPush: break
            }
        }
        let text = "Success. Request accepted for processing"
        var answer = MPesaAnswer([
            "MerchantRequestID": .string(payment.merchantRequestID), "CheckoutRequestID": .string(id),
            "ResponseCode": "0", "ResponseDescription": .string(text), "CustomerMessage": .string(text),
        ])
        answer.isLost = payment.faults.contains(.answerLost)
        return answer
    }

    private func simulate(_ payment: C2BPayment, _ api: DarajaAPI) throws(DarajaError) -> MPesaAnswer {
        let arrival = try vault.open { bank, now throws(DarajaError) in try bank.begin(payment, api, at: now) }
        let till = C2BTill(vault: vault, outbox: outbox)
        outbox.after(settings.paymentDelay) {
            let (_, notices) = await till.decide(arrival)
            await outbox.send(notices)
        }
        var answer = MPesaAnswer([
            "OriginatorCoversationID": .string(arrival.conversationID), "ResponseCode": "0",
            "ResponseDescription": "Accept the service request successfully.",
        ])
        answer.isLost = arrival.mishaps.contains(.answerLost)
        return answer
    }

    private func initiate(_ request: InitiatorRequest, _ api: DarajaAPI) throws(DarajaError) -> MPesaAnswer {
        let ticket = try vault.open { bank, now throws(DarajaError) in try bank.accept(request, api, at: now) }
        outbox.after(settings.resultDelay) { [vault, outbox, credential] in
            let isGood = await credential.isGood(request.credential)
            await outbox.send(
                vault.open { bank, now in bank.resolve(ticket, isCredentialGood: isGood, at: now) }
            )
        }
        var answer = MPesaAnswer(ticket.acknowledgement)
        answer.isLost = ticket.mishaps.contains(.answerLost)
        return answer
    }

    /// What follows the scheme of an Authorization field.
    private static func credentials(_ field: String, scheme: String) -> String? {
        let words = field.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == scheme else { return nil }
        return words[1].trimmingCharacters(in: .whitespaces)
    }

    /// The body's object; nil for anything else. A body of another type has no fields, as Safaricom's gateway sees it.
    private static func document(_ request: MPesaRequest) -> JSONValue? {
        guard let body = request.body else { return nil }
        let isJSON = request.contentType?.lowercased().hasPrefix("application/json") ?? (request.method == "GET")
        guard isJSON else { return .object([]) }
        // What is not JSON is refused by the caller, in the words of the call.
        guard let document = try? JSONValue(parsing: Data(body)), case .object = document else { return nil }
        return document
    }
}
