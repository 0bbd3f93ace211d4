/// A question how a payment by STK push stands (facts section 5).
struct STKQueryRequest: Sendable, Equatable {
    let shortcode: String
    let password: String
    let timestamp: String
    let checkoutRequestID: String

    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("BusinessShortCode")
        password = try fields.text("Password", 1...1024)
        timestamp = try fields.text("Timestamp", 14...14)
        guard MPesaTime.moment(digits: timestamp) != nil else { throw fields.api.invalid("Timestamp") }
        checkoutRequestID = try fields.text("CheckoutRequestID", 1...100)
    }
}
