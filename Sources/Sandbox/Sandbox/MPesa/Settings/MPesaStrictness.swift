/// What the sandbox M-Pesa checks that Safaricom does not always check. The numbers are sections of the fact sheet.
package struct MPesaStrictness: Sendable {
    /// How far an STK timestamp may be from now; nil takes any that is well formed (3). Default nil.
    package var timestampWindow: Duration?
    /// Whether URLs with words such as `mpesa`, `sql` or `query` in them are refused (9). Default true.
    package var refusesKeywords = true
    /// Whether URLs with capitals in their host are refused (9). Default true.
    package var requiresLowerCaseHost = true
    /// Whether URLs must be HTTPS, as in production (9). Default false.
    package var requiresHTTPS = false
    /// Whether C2B URLs can be registered once only, as in production (6). Default false.
    package var registersOnce = false
    /// Whether a payment of the same amount by the same customer within two minutes fails with 17 (3). Default false.
    package var limitsRepeats = false
    /// Whether pulling needs the registration before (8). Default true.
    package var requiresPullRegistration = true
    /// Whether `expires_in` is a string rather than a number (1). Default false.
    package var sendsExpiryAsText = false
    /// Whether pulled numbers come without 254 (8). Default true.
    package var pullsNationalNumbers = true

    /// The defaults.
    package init() {}
}
