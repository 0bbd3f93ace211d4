import Platform

/// An error as Daraja tells it (facts M-Pesa, section 2): the envelope says so, whatever the HTTP status.
struct DarajaFault: Error {
    let code: String
    let text: String

    /// Nil for an answer that is no error.
    init?(_ document: JSONValue) {
        guard let code = document["errorCode"]?.darajaText else { return nil }
        self.code = code
        text = String((document["errorMessage"]?.stringValue ?? "").prefix(200))
    }

    /// Whether the token has been replaced or has run out.
    var isToken: Bool {
        ["404.001.03", "400.003.01", "401.002.01", "401.001"].contains(code) || text.contains("Invalid Access Token")
    }

    /// Whether nothing was done, and the same may be asked again: spike arrest, quota, maintenance, a phone that is busy.
    var isTransient: Bool {
        ["500.003.02", "500.003.03", "00.002.1001"].contains(code)
            || code == "500.001.1001" && text.contains("Unable to lock subscriber")
    }

    /// Whether this code says nothing at all of what happened.
    var isVague: Bool { code.hasPrefix("500.") && !isTransient && !isRefusal }

    /// Of the overloaded code, what certainly is a refusal.
    private var isRefusal: Bool {
        text.contains("Merchant does not exist") || text.contains("Wrong credentials")
    }
}
