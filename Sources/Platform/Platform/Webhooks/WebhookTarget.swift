package import Primitives

/// Whose secret signs a webhook.
package enum WebhookTarget: Sendable, Hashable {
    /// A number's.
    case number(Identifier)
    /// A subscription's.
    case subscription(Identifier)
}
