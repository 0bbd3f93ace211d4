package import Primitives

/// A message to be sent, or on its way.
package struct Mail: Sendable, Equatable {
    /// Its id, which is part of its `Message-ID`.
    package let id: Identifier
    /// To whom.
    package let recipient: String
    /// One line.
    package let subject: String
    /// Plain text, lines ended by a line feed.
    package let text: String
    /// Which attempt this is, from 1.
    package let attempt: Int
    /// When it was written.
    package let writtenAt: Timestamp
    /// A POST there ends this kind of mail (RFC 8058); nil for what nobody can unsubscribe from.
    package let unsubscribeURL: String?

    /// Makes a message.
    package init(
        id: Identifier,
        recipient: String,
        subject: String,
        text: String,
        attempt: Int,
        writtenAt: Timestamp,
        unsubscribeURL: String? = nil
    ) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.attempt = attempt
        self.writtenAt = writtenAt
        self.unsubscribeURL = unsubscribeURL
    }
}
