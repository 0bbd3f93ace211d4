package import Primitives

/// An e-mail address that a workspace wants its alerts to go to.
package struct AlertRecipient: Sendable, Equatable {
    /// What stands before its id.
    package static let prefix = "alr"

    /// Whether the address gets mails.
    package enum Status: String, Sendable {
        /// It was asked, once for each time that somebody wanted it to be, and gets nothing else.
        case pending
        /// It said yes.
        case confirmed
        /// It said that it wants no more.
        case stopped
        /// The workspace took it off the list.
        case removed
    }

    /// Its id.
    package let id: Identifier
    /// Whose alerts.
    package let workspaceID: Identifier
    /// The address, in lower case.
    package let email: String
    /// Whether it gets mails.
    package let status: Status
    /// Where the server was reached when it was asked; its links lead there.
    let baseURL: String
    /// When it was put on the list.
    package let createdAt: Timestamp
    /// When it was asked last; nil for an address whose owner put it there.
    package let askedAt: Timestamp?
    /// How often it was asked since it last said yes.
    let asks: Int
    /// When the link of the last mail ends.
    package let linkExpiresAt: Timestamp?
    /// When it said yes.
    package let confirmedAt: Timestamp?

    /// Whether it is on the list, as one that gets mails or may come to.
    var isOnList: Bool { status == .pending || status == .confirmed }
}

extension AlertRecipient {
    var auditView: JSONValue { ["email": .string(email), "status": .string(status.rawValue)] }
}
