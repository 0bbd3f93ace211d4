import Foundation
import Platform
import Sandbox

/// The bodies of Daraja's calls, right unless a test changes them.
extension MPesaWorld {
    static let timestamp = "20260627130000"

    var password: String { Data((settings.shortcode + settings.passkey + Self.timestamp).utf8).base64EncodedString() }

    func stkBody(
        phone: String = MPesaWorld.phone,
        amount: JSONValue = 10,
        path: String = "/stk",
        _ changes: [String: JSONValue?] = [:]
    ) -> JSONValue {
        Self.changed(
            [
                "BusinessShortCode": .integer(Int64(settings.shortcode) ?? 0), "Password": .string(password),
                "Timestamp": .string(Self.timestamp), "TransactionType": "CustomerPayBillOnline", "Amount": amount,
                "PartyA": .string(phone), "PartyB": .string(settings.shortcode), "PhoneNumber": .string(phone),
                "CallBackURL": .string(sink.url(path)), "AccountReference": "Invoice7", "TransactionDesc": "Top-up",
            ],
            changes
        )
    }

    func queryBody(_ checkoutRequestID: String) -> JSONValue {
        [
            "BusinessShortCode": .string(settings.shortcode), "Password": .string(password),
            "Timestamp": .string(Self.timestamp), "CheckoutRequestID": .string(checkoutRequestID),
        ]
    }

    func registerBody(_ type: String = "Completed", _ changes: [String: JSONValue?] = [:]) -> JSONValue {
        Self.changed(
            [
                "ShortCode": .string(settings.shortcode), "ResponseType": .string(type),
                "ConfirmationURL": .string(sink.url("/confirm")), "ValidationURL": .string(sink.url("/validate")),
            ],
            changes
        )
    }

    func simulateBody(_ changes: [String: JSONValue?] = [:]) -> JSONValue {
        Self.changed(
            [
                "ShortCode": .string(settings.shortcode), "CommandID": "CustomerPayBillOnline", "Amount": 25,
                "Msisdn": .string(Self.ordinaryPhone), "BillRefNumber": "acc 42",
            ],
            changes
        )
    }

    func statusBody(_ receipt: String, _ changes: [String: JSONValue?] = [:]) -> JSONValue {
        let own: JSONValue = [
            "CommandID": "TransactionStatusQuery", "TransactionID": .string(receipt),
            "PartyA": .string(settings.shortcode), "IdentifierType": "4", "Occasion": "",
        ]
        return initiatorBody(own, changes)
    }

    func reversalBody(_ receipt: String, amount: Int64, _ changes: [String: JSONValue?] = [:]) -> JSONValue {
        let own: JSONValue = [
            "CommandID": "TransactionReversal", "TransactionID": .string(receipt), "Amount": .integer(amount),
            "ReceiverParty": .string(settings.shortcode), "RecieverIdentifierType": "11",
        ]
        return initiatorBody(own, changes)
    }

    func balanceBody(_ changes: [String: JSONValue?] = [:]) -> JSONValue {
        let own: JSONValue = [
            "CommandID": "AccountBalance", "PartyA": .string(settings.shortcode), "IdentifierType": "4",
        ]
        return initiatorBody(own, changes)
    }

    func pullRegisterBody(_ changes: [String: JSONValue?] = [:]) -> JSONValue {
        Self.changed(
            [
                "ShortCode": .string(settings.shortcode), "RequestType": "Pull", "NominatedNumber": "254700000999",
                "CallBackURL": .string(sink.url("/pull")),
            ],
            changes
        )
    }

    func pullBody(_ start: String, _ end: String, offset: String = "0") -> JSONValue {
        [
            "ShortCode": .string(settings.shortcode), "StartDate": .string(start), "EndDate": .string(end),
            "OffSetValue": .string(offset),
        ]
    }

    /// Pushes, and returns the CheckoutRequestID.
    func push(phone: String = MPesaWorld.phone, amount: JSONValue = 10, path: String = "/stk") async throws -> String {
        let answer = try await call(
            "/mpesa/stkpush/v1/processrequest",
            stkBody(phone: phone, amount: amount, path: path)
        )
        return answer.body["CheckoutRequestID"]?.stringValue ?? "no id: \(answer.text)"
    }

    func query(_ checkoutRequestID: String) async throws -> Answer {
        try await call("/mpesa/stkpushquery/v1/query", queryBody(checkoutRequestID))
    }

    static func changed(_ document: JSONValue, _ changes: [String: JSONValue?]) -> JSONValue {
        let kept = document.members.filter { !changes.keys.contains($0.name) }
        return .object(kept + changes.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    private func initiatorBody(_ own: JSONValue, _ changes: [String: JSONValue?]) -> JSONValue {
        let common: JSONValue = [
            "Initiator": .string(settings.initiatorName), "SecurityCredential": "c2FuZGJveA==", "Remarks": "a test",
            "ResultURL": .string(sink.url("/result")), "QueueTimeOutURL": .string(sink.url("/timeout")),
        ]
        return Self.changed(.object(common.members + own.members), changes)
    }
}

extension JSONValue {
    /// A member down a path of names.
    func at(_ names: String...) -> JSONValue? {
        names.reduce(Optional(self)) { value, name in value?[name] }
    }

    /// The value of the element whose `Name` or `Key` is this.
    func named(_ name: String) -> JSONValue? {
        elements.first { $0["Name"] == .string(name) || $0["Key"] == .string(name) }?["Value"]
    }
}
