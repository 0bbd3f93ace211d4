/// A request for a payment by the prompt on a phone (facts section 3).
struct STKPushRequest: Sendable, Equatable {
    let shortcode: String
    let password: String
    let timestamp: String
    let transactionType: String
    let amount: Int64
    let payer: String
    let receiver: String
    let phone: String
    let callbackURL: String
    let reference: String
    let description: String

    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("BusinessShortCode")
        password = try fields.text("Password", 1...1024)
        timestamp = try fields.text("Timestamp", 14...14)
        guard MPesaTime.moment(digits: timestamp) != nil else { throw fields.api.invalid("Timestamp") }
        transactionType = try fields.choice("TransactionType", "CustomerPayBillOnline", "CustomerBuyGoodsOnline")
        amount = try fields.amount("Amount")
        payer = try fields.phone("PartyA")
        receiver = try fields.shortcode("PartyB")
        phone = try fields.phone("PhoneNumber")
        callbackURL = try fields.url("CallBackURL")
        reference = try fields.text("AccountReference", 1...12)
        description = try fields.optionalText("TransactionDesc", atMost: 13)
    }
}
