/// Where a number's calls and events go, and the secret that signs what is sent there.
package struct NumberRouting: Sendable {
    /// Asked what to do with a call.
    package var voiceCallbackURL: String?
    /// Told what happens to calls.
    package var eventsURL: String?
    /// Asked instead when `voiceCallbackURL` does not answer.
    package var fallbackURL: String?
    /// Given by the customer; made when nil.
    package var signingSecret: String?
    /// How voice callbacks are written: a word of `CallbackFormat`.
    package var callbackFormat = CallbackFormat.json.rawValue

    /// Makes a routing.
    package init(
        voiceCallbackURL: String? = nil,
        eventsURL: String? = nil,
        fallbackURL: String? = nil,
        signingSecret: String? = nil
    ) {
        self.voiceCallbackURL = voiceCallbackURL
        self.eventsURL = eventsURL
        self.fallbackURL = fallbackURL
        self.signingSecret = signingSecret
    }

    /// What is wrong with the fields.
    package var faults: [FieldFault] {
        var faults: [FieldFault] = []
        if let url = voiceCallbackURL { faults += WebURL.faults(url, field: "voice_callback_url") }
        if let url = eventsURL { faults += WebURL.faults(url, field: "events_url") }
        if let url = fallbackURL { faults += WebURL.faults(url, field: "fallback_url") }
        if let secret = signingSecret,
            !(16...255).contains(secret.utf8.count) || !secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            let message = "A signing secret has 16 to 255 printable ASCII characters without spaces."
            faults.append(FieldFault("voice_signing_secret", message))
        }
        if CallbackFormat(rawValue: callbackFormat) == nil {
            faults.append(FieldFault("voice_callback_format", "'voice_callback_format' is json or form."))
        }
        return faults
    }
}
