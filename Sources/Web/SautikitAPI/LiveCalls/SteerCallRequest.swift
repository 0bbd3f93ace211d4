import Platform
import WebSupport

/// The body of `POST /v1/calls/{id}/actions`.
enum SteerCallRequest {
    static func read(_ document: JSONValue) throws(PlatformError) -> [VoiceAction] {
        var reader = FieldReader(document, aliases: Aliases.fields)
        var actions: [VoiceAction] = []
        if let value = reader.raw("actions") {
            do { actions = try VoiceActionParser.parse(value, field: "actions") } catch { reader.add(error) }
        } else {
            reader.add([FieldFault("actions", "'actions' is missing: the actions that the call is to do.")])
        }
        try reader.finish()
        return actions
    }
}
