/// Which events a subscription wants: `*`, an area such as `call.*`, or one kind (facts section 12.1; `call.*` and `message.*`
/// are ours).
package struct EventPattern: Sendable, Hashable {
    /// As it is written.
    package let text: String

    private static let areas: Set<String> = ["call", "message", "number", "wallet", "storage"]

    /// The kinds that there are, besides the test.
    package static let kinds = [
        "call.started", "call.answered", "call.completed", "call.failed", "call.recording.ready",
        "call.recording.failed", "number.provisioned", "number.released", "wallet.top_up", "wallet.low_balance",
        "storage.tier_changed",
    ]

    /// Sent for the asking, to one subscription.
    package static let test = "webhook.test"

    /// Reads a pattern; nil for what names no event.
    package init?(_ text: String) {
        let isArea = text.hasSuffix(".*") && Self.areas.contains(String(text.dropLast(2)))
        guard text == "*" || isArea || Self.kinds.contains(text) else { return nil }
        self.text = text
    }

    /// Whether an event is wanted.
    package func matches(_ kind: String) -> Bool {
        text == "*" || text == kind || text.hasSuffix(".*") && kind.hasPrefix(text.dropLast(1))
    }
}
