/// One Daraja application and the shortcode that it acts for (facts M-Pesa, sections 1 and 3).
package struct DarajaSettings: Sendable {
    /// What separates production, Safaricom's sandbox and ours; without a slash at the end.
    package var baseURL: String
    /// Names the application.
    package var consumerKey: String
    /// Its secret.
    package var consumerSecret: String
    /// The Paybill number.
    package var shortCode: String
    /// The secret that a push is signed with.
    package var passkey: String
    /// The phone that pulled transactions are registered with; nil pulls none.
    package var nominatedPhone: String?
    /// Whether its money is play money.
    package var isTest = false
    /// How long an answer may take.
    package var timeout: Duration = .seconds(30)

    /// Names what has no default.
    package init(baseURL: String, consumerKey: String, consumerSecret: String, shortCode: String, passkey: String) {
        self.baseURL = baseURL
        self.consumerKey = consumerKey
        self.consumerSecret = consumerSecret
        self.shortCode = shortCode
        self.passkey = passkey
    }
}
