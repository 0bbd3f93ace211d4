import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/numbers`: one number, or several at once.
struct ClaimRequest {
    let numbers: [ClaimNumber.Wanted]
    private(set) var routing: NumberRouting
    /// Whether several were asked for, be it one.
    let isList: Bool

    private let name: String

    /// Reads a body.
    ///
    /// - Parameter pathID: the inventory id of a path that names one; it comes before the body's.
    init(_ document: JSONValue, pathID: String?) throws(PlatformError) {
        var reader = FieldReader(document, aliases: Aliases.fields)
        routing = NumberRouting(
            voiceCallbackURL: reader.optionalString("voice_callback_url"),
            eventsURL: reader.optionalString("events_url"),
            fallbackURL: reader.optionalString("fallback_url"),
            signingSecret: reader.optionalString("voice_signing_secret")
        )
        if let format = reader.optionalString("voice_callback_format") { routing.callbackFormat = format }
        let several = pathID == nil ? ["inventory_ids", "numbers"].first { reader.raw($0) != nil } : nil
        let hasID = pathID != nil || reader.raw("inventory_id") != nil
        name = several ?? (hasID ? "inventory_id" : "number")
        isList = several != nil
        if let several {
            numbers = Self.several(several, &reader)
        } else if hasID {
            let text = pathID ?? reader.string(name)
            numbers = Self.id(text, name, &reader).map { [$0] } ?? []
        } else {
            let number = reader.string(name)
            reader.requirePhoneNumber(number, name)
            numbers = [.e164(number)]
        }
        reader.add(routing.faults)
        try reader.finish()
    }

    /// How the request names the number at an index.
    func field(_ index: Int) -> String {
        isList ? "\(name)[\(index)]" : name
    }

    private static func several(_ name: String, _ reader: inout FieldReader) -> [ClaimNumber.Wanted] {
        let texts = reader.optionalStrings(name) ?? []
        if !(1...ClaimNumber.mostAtOnce).contains(texts.count) {
            reader.add([FieldFault(name, "'\(name)' has 1 to \(ClaimNumber.mostAtOnce) entries.")])
        }
        return texts.enumerated().compactMap { index, text in
            let field = "\(name)[\(index)]"
            if name == "inventory_ids" { return id(text, field, &reader) }
            reader.requirePhoneNumber(text, field)
            return .e164(text)
        }
    }

    private static func id(_ text: String, _ field: String, _ reader: inout FieldReader) -> ClaimNumber.Wanted? {
        if let id = Identifier(parsing: text) { return .id(id) }
        reader.add([FieldFault(field, "'\(field)' is not an id of the inventory.")])
        return nil
    }
}
