import Crypto
import Platform
import Primitives

/// What a validation and a confirmation tell: strings all (facts section 6).
enum C2BBody {
    static func document(
        _ kind: MPesaTransaction.Kind,
        receipt: String,
        amount: Int64,
        phone: String,
        shortcode: String,
        account: String,
        balance: Int64?,
        thirdParty: String,
        form: MPesaPayerForm,
        at moment: Timestamp
    ) -> JSONValue {
        let person = MPesaPerson(phone: phone)
        return [
            "TransactionType": .string(kind.rawValue),
            "TransID": .string(receipt),
            "TransTime": .string(MPesaTime.digits(moment)),
            "TransAmount": .string("\(amount).00"),
            "BusinessShortCode": .string(shortcode),
            "BillRefNumber": .string(kind == .buyGoods ? "" : account),
            "InvoiceNumber": "",
            "OrgAccountBalance": .string(balance.map { "\($0).00" } ?? ""),
            "ThirdPartyTransID": .string(thirdParty),
            "MSISDN": .string(payer(phone, form)),
            "FirstName": .string(person.first),
            "MiddleName": "",
            "LastName": .string(person.last),
        ]
    }

    /// The payer's number as far as it is told; `byVersion` must have been decided.
    static func payer(_ phone: String, _ form: MPesaPayerForm) -> String {
        switch form {
        case .hashed: SHA256.hash(data: Array(phone.utf8)).hexString
        case .plain: phone
        case .masked, .byVersion: "\(phone.prefix(4)) ***** \(phone.suffix(3))"
        }
    }
}
