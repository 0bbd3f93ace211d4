/// A message to send, as the bytes that go out, so that no text is made of them on the way.
package struct OutgoingSocketMessage: Sendable, Equatable {
    /// How the bytes are marked (RFC 6455 section 5.6).
    package enum Kind: Sendable {
        /// UTF-8; whoever makes it answers for that.
        case text
        /// Anything.
        case binary
    }

    /// How the bytes are marked.
    package let kind: Kind
    /// What is sent.
    package let bytes: [UInt8]
    /// Whether it is worth nothing when it is late, as sound is: a slow peer then loses the oldest of these.
    package let isPerishable: Bool

    /// Makes a message.
    package init(_ kind: Kind, _ bytes: [UInt8], isPerishable: Bool = false) {
        self.kind = kind
        self.bytes = bytes
        self.isPerishable = isPerishable
    }

    /// A text that must arrive.
    package static func text(_ text: String) -> OutgoingSocketMessage {
        OutgoingSocketMessage(.text, Array(text.utf8))
    }
}
