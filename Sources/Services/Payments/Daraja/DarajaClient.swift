package import AsyncHTTPClient
import Foundation
package import Platform
package import Primitives

/// Safaricom's M-Pesa through its Daraja API (facts M-Pesa).
package struct DarajaClient: PaymentGateway {
    private static let pageSize = 100
    /// More payments than this in one span are left to the next look.
    private static let mostPages = 1000

    private let settings: DarajaSettings
    private let connection: DarajaConnection
    private let clock: any WallClock

    /// Speaks through `client`, which whoever made it shuts down.
    package init(_ settings: DarajaSettings, client: HTTPClient, clock: any WallClock) {
        self.settings = settings
        self.clock = clock
        connection = DarajaConnection(settings, client: client, clock: clock)
    }

    /// Asks a phone (facts M-Pesa, section 3).
    ///
    /// - Throws: `GatewayFailure`.
    package func push(_ push: PaymentPush) async throws(GatewayFailure) -> String {
        let phone = String(push.phone.dropFirst())
        let answer = try await connection.post(
            "/mpesa/stkpush/v1/processrequest",
            .object(
                signature()
                    + [
                        JSONMember("TransactionType", "CustomerPayBillOnline"),
                        JSONMember("Amount", .string("\(push.amountMinor / 100)")),
                        JSONMember("PartyA", .string(phone)), JSONMember("PartyB", .string(settings.shortCode)),
                        JSONMember("PhoneNumber", .string(phone)), JSONMember("CallBackURL", .string(push.callbackURL)),
                        JSONMember("AccountReference", .string(push.account)),
                        JSONMember("TransactionDesc", "Top-up"),
                    ]
            )
        )
        guard answer["ResponseCode"]?.darajaText == "0", let name = answer["CheckoutRequestID"]?.stringValue else {
            let code = answer["ResponseCode"]?.darajaText
            guard let code, code != "0" else { throw .unanswered("an answer without a CheckoutRequestID") }
            throw .refused(code: code, text: answer["ResponseDescription"]?.stringValue ?? "")
        }
        return name
    }

    /// Asks what came of a push (facts M-Pesa, section 5). An error says nothing of the payment: it is still pending.
    ///
    /// - Throws: `GatewayFailure`.
    package func outcome(ofPush checkoutRequestID: String) async throws(GatewayFailure) -> PushOutcome {
        let answer = try await connection.post(
            "/mpesa/stkpushquery/v1/query",
            .object(signature() + [JSONMember("CheckoutRequestID", .string(checkoutRequestID))])
        )
        guard let code = answer["ResultCode"]?.darajaText else { return .pending }
        return DarajaResult.outcome(code: code, text: answer["ResultDesc"]?.stringValue)
    }

    /// Names the URLs for payments to the Paybill (facts M-Pesa, section 6); production takes them once.
    ///
    /// - Throws: `GatewayFailure`.
    package func register(validationURL: String, confirmationURL: String) async throws(GatewayFailure) {
        do {
            _ = try await connection.post(
                "/mpesa/c2b/v2/registerurl",
                [
                    "ShortCode": .string(settings.shortCode), "ResponseType": "Completed",
                    "ConfirmationURL": .string(confirmationURL), "ValidationURL": .string(validationURL),
                ]
            )
        } catch GatewayFailure.unanswered(let text) where text.contains("already registered") {
            return
        }
        if let phone = settings.nominatedPhone {
            _ = try await connection.post(
                "/pulltransactions/v1/register",
                [
                    "ShortCode": .string(settings.shortCode), "RequestType": "Pull",
                    "NominatedNumber": .string(phone), "CallBackURL": .string(confirmationURL),
                ]
            )
        }
    }

    /// Pulls the payments of a span, page by page (facts M-Pesa, section 8).
    ///
    /// - Throws: `GatewayFailure`.
    package func payments(in span: ClosedRange<Timestamp>) async throws(GatewayFailure) -> [PaymentNews] {
        var found: [PaymentNews] = []
        for page in 0..<Self.mostPages {
            let answer = try await connection.post(
                "/pulltransactions/v1/query",
                [
                    "ShortCode": .string(settings.shortCode),
                    "StartDate": .string(DarajaTime.spaced(span.lowerBound)),
                    "EndDate": .string(DarajaTime.spaced(span.upperBound)),
                    "OffSetValue": .string("\(page * Self.pageSize)"),
                ]
            )
            let rows = (answer["Response"]?.elements ?? []).flatMap(\.elements)
            found += rows.compactMap(news)
            if rows.count < Self.pageSize { break }
        }
        return found
    }

    private func news(_ row: JSONValue) -> PaymentNews? {
        guard let receipt = row["transactionId"]?.stringValue.flatMap(DarajaNotices.receipt),
            let minor = row["amount"]?.darajaMinor, minor > 0
        else { return nil }
        let moment = row["trxDate"]?.stringValue.flatMap { DarajaTime.moment(spaced: $0) } ?? clock.now()
        var news = PaymentNews(
            .pull,
            receipt: receipt,
            amountMinor: minor,
            occurredAt: moment,
            isTest: settings.isTest
        )
        news.account = row["billreference"]?.darajaText
        news.payer = row["msisdn"]?.darajaText
        return news
    }

    /// Who asks, and that they may: the shortcode, the passkey and the time, written one after the other.
    private func signature() -> [JSONMember] {
        let moment = DarajaTime.digits(clock.now())
        let password = Data((settings.shortCode + settings.passkey + moment).utf8).base64EncodedString()
        return [
            JSONMember("BusinessShortCode", .string(settings.shortCode)), JSONMember("Password", .string(password)),
            JSONMember("Timestamp", .string(moment)),
        ]
    }
}
