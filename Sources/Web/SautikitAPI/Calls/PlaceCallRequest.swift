import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/calls`.
enum PlaceCallRequest {
    static func read(_ document: JSONValue, workspaceID: Identifier) throws(PlatformError) -> CallRequest {
        var reader = FieldReader(document, aliases: FieldAliases.all)
        var request = CallRequest(
            workspaceID: workspaceID,
            from: reader.string("from"),
            to: reader.stringOrSingle("to")
        )
        request.callerID = reader.optionalString("caller_id")
        request.voiceCallbackURL = reader.optionalString("voice_callback_url")
        request.clientRequestID = reader.optionalString("client_request_id")
        request.record = reader.bool("record")
        request.ringTimeout = reader.optionalInteger("ring_timeout_seconds").map { .seconds($0) }
        if let actions = reader.raw("actions") {
            do {
                request.actions = try VoiceActionParser.parse(actions, field: "actions")
            } catch {
                reader.add(error)
            }
        }
        try reader.finish()
        return request
    }
}
