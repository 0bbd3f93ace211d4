import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/numbers`.
struct ClaimRequest {
    let number: ClaimNumber.Wanted
    let routing: NumberRouting

    init(_ document: JSONValue) throws(PlatformError) {
        var reader = FieldReader(document, aliases: FieldAliases.all)
        let inventoryID = reader.optionalString("inventory_id")
        let number = inventoryID == nil ? reader.string("number") : ""
        routing = NumberRouting(
            voiceCallbackURL: reader.optionalString("voice_callback_url"),
            eventsURL: reader.optionalString("events_url"),
            signingSecret: reader.optionalString("voice_signing_secret")
        )
        try reader.finish()
        guard let inventoryID else {
            self.number = .e164(number)
            return
        }
        guard let id = Identifier(parsing: inventoryID) else {
            throw PlatformError(.requestInvalid, "'inventory_id' is not an id of the inventory.", field: "inventory_id")
        }
        self.number = .id(id)
    }
}
