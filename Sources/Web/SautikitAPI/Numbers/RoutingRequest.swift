import Platform
import WebSupport

/// The body of `PATCH /v1/numbers/{id}/routing` (facts section 11.2): what is missing stays, what is null goes.
struct RoutingRequest {
    private let voiceCallbackURL: String??
    private let eventsURL: String??
    private let fallbackURL: String??
    private let signingSecret: String?
    private let callbackFormat: String?

    init(_ document: JSONValue) throws(PlatformError) {
        var reader = FieldReader(document, aliases: Aliases.fields)
        voiceCallbackURL = reader.change("voice_callback_url")
        eventsURL = reader.change("events_url")
        fallbackURL = reader.change("fallback_url")
        signingSecret = reader.optionalString("voice_signing_secret")
        callbackFormat = reader.optionalString("voice_callback_format")
        try reader.finish()
    }

    /// Changes a routing.
    func apply(to routing: inout NumberRouting) {
        if let url = voiceCallbackURL { routing.voiceCallbackURL = url }
        if let url = eventsURL { routing.eventsURL = url }
        if let url = fallbackURL { routing.fallbackURL = url }
        routing.signingSecret = signingSecret
        if let format = callbackFormat { routing.callbackFormat = format }
    }
}
