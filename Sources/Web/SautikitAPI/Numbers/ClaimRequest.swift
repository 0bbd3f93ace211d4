import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/numbers`.
struct ClaimRequest {
    let number: ClaimNumber.Wanted
    let routing: NumberRouting

    /// Reads a body.
    ///
    /// - Parameter pathID: the inventory id of a path that names one; it comes before the body's.
    init(_ document: JSONValue, pathID: String?) throws(PlatformError) {
        var reader = FieldReader(document, aliases: Aliases.fields)
        let inventoryID = pathID ?? reader.optionalString("inventory_id")
        let e164 = inventoryID == nil ? reader.string("number") : ""
        let id = inventoryID.flatMap { Identifier(parsing: $0) }
        routing = NumberRouting(
            voiceCallbackURL: reader.optionalString("voice_callback_url"),
            eventsURL: reader.optionalString("events_url"),
            fallbackURL: reader.optionalString("fallback_url"),
            signingSecret: reader.optionalString("voice_signing_secret")
        )
        if inventoryID == nil {
            reader.requirePhoneNumber(e164, "number")
        } else if id == nil {
            reader.add([FieldFault("inventory_id", "'inventory_id' is not an id of the inventory.")])
        }
        reader.add(routing.faults)
        try reader.finish()
        number = id.map { .id($0) } ?? .e164(e164)
    }
}
