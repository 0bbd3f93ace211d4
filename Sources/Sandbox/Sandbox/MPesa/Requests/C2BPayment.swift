/// A payment that a customer makes without being asked (facts section 6).
struct C2BPayment: Sendable, Equatable {
    let shortcode: String
    let isBuyGoods: Bool
    let amount: Int64
    let phone: String
    /// What the customer typed; empty for a till.
    let account: String

    /// A person at a phone.
    init(shortcode: String, amount: Int64, phone: String, account: String) {
        self.shortcode = shortcode
        isBuyGoods = false
        self.amount = amount
        self.phone = phone
        self.account = account
    }

    /// The simulation that Safaricom's sandbox has.
    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("ShortCode")
        isBuyGoods =
            try fields.choice("CommandID", "CustomerPayBillOnline", "CustomerBuyGoodsOnline")
            == "CustomerBuyGoodsOnline"
        amount = try fields.amount("Amount")
        phone = try fields.phone("Msisdn")
        account = isBuyGoods ? "" : try fields.text("BillRefNumber", 1...20)
    }
}
