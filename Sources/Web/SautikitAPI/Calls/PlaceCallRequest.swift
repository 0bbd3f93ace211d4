import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/calls`.
enum PlaceCallRequest {
    /// Live control of a call comes later (facts section 7.7).
    private static let unsupported = [
        "control", "hold_audio_url", "control_timeout_ms", "fallback_actions", "opening_actions",
    ]

    /// The request, or every fault that can be seen without the database.
    static func read(
        _ document: JSONValue,
        workspaceID: Identifier,
        settings: PlatformSettings
    ) throws(PlatformError) -> CallRequest {
        var reader = FieldReader(document, aliases: Aliases.fields)
        var request = CallRequest(
            workspaceID: workspaceID,
            from: reader.string("from"),
            to: reader.stringOrSingle("to")
        )
        request.callerID = reader.optionalString("caller_id")
        request.voiceCallbackURL = reader.optionalString("voice_callback_url")
        request.clientRequestID = reader.optionalString("client_request_id")
        request.record = reader.bool("record")
        request.recordingChannels = reader.recordingChannels("recording_channels")
        request.ringTimeout = reader.optionalInteger("ring_timeout_seconds").map { .seconds($0) }
        request.maxCostMinor = reader.optionalInteger("max_cost_minor")
        if let actions = reader.raw("actions") {
            do {
                request.actions = try VoiceActionParser.parse(actions, field: "actions")
            } catch {
                reader.add(error)
            }
        }
        reader.refuse(unsupported)
        reader.requirePhoneNumber(request.from, "from")
        reader.requirePhoneNumber(request.to, "to")
        if let callerID = request.callerID { reader.requirePhoneNumber(callerID, "caller_id") }
        reader.add(request.faults(settings))
        try reader.finish()
        return request
    }
}
