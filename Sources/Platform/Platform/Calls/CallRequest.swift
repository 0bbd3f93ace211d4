package import Primitives

/// A request to place a call, its fields as the client sent them.
package struct CallRequest: Sendable {
    /// Who asks.
    package let workspaceID: Identifier
    /// One of the workspace's numbers.
    package let from: String
    /// Who is called.
    package let to: String
    /// A number of the workspace to show instead of `from`.
    package var callerID: String?
    /// Told what happens to this call.
    package var voiceCallbackURL: String?
    /// The client's own name for it, at most 5,000 characters.
    package var clientRequestID: String?
    /// Whether to record it.
    package var record = false
    /// How the two sides are in that recording.
    package var recordingChannels = RecordingChannels.mono
    /// What to do when it is answered.
    package var actions: [VoiceAction] = []
    /// How long the phone rings; nil is the default.
    package var ringTimeout: Duration?
    /// What the call may cost at most, in minor units; nil for no cap but the wallet's and the workspace's limits.
    package var maxCostMinor: Int64?
    /// Makes repeating the request harmless.
    package var idempotency: IdempotencyRequest?

    /// Makes a request of what is required.
    package init(workspaceID: Identifier, from: String, to: String) {
        self.workspaceID = workspaceID
        self.from = from
        self.to = to
    }

    /// What is wrong with the optional fields.
    package func faults(_ settings: PlatformSettings) -> [FieldFault] {
        var faults: [FieldFault] = []
        if let url = voiceCallbackURL { faults += WebURL.faults(url, field: "voice_callback_url") }
        if let name = clientRequestID, !Self.isClientRequestID(name) {
            faults.append(
                FieldFault(
                    "client_request_id",
                    "'client_request_id' has 1 to 5000 characters, no control characters, and does not begin with 'mcp:' or 'broadcast:'."
                )
            )
        }
        faults += settings.sipDestinations.faults(actions, field: "actions")
        if let ring = ringTimeout, ring < .seconds(5) || ring > settings.maxRingTimeout {
            faults.append(
                FieldFault(
                    "ring_timeout_seconds",
                    "'ring_timeout_seconds' is 5 to \(settings.maxRingTimeout.components.seconds)."
                )
            )
        }
        if let cost = maxCostMinor, !(1...Self.highestCap).contains(cost) {
            faults.append(FieldFault("max_cost_minor", "'max_cost_minor' is 1 to \(Self.highestCap)."))
        }
        return faults
    }

    private static let highestCap: Int64 = 1_000_000_000

    private static func isClientRequestID(_ name: String) -> Bool {
        guard (1...5000).contains(name.count), !name.hasPrefix("mcp:"), !name.hasPrefix("broadcast:") else {
            return false
        }
        return name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
