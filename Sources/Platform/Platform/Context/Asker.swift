package import Primitives

/// On whose behalf something is done: what the audit log says of every change.
package struct Asker: Sendable, Equatable {
    /// What sort of asker it is.
    package enum Kind: String, Sendable, CaseIterable {
        /// An API key.
        case key
        /// A person who has signed in.
        case person
        /// Whoever runs this server, at its command line.
        case `operator`
        /// The server itself, in its own time.
        case system
    }

    /// What sort of asker it is.
    package let kind: Kind
    /// The key or the person; nil for the operator and the server.
    package let id: Identifier?
    /// The person's e-mail address; nil for all others.
    package let name: String?
    /// From where; nil when no network was involved.
    package let address: IPAddress?
    /// The request that asked, `req_…`; nil when there was none.
    package let requestID: String?
    /// How far the clock of the workspace they act in is ahead of the server's.
    package var clockOffset: Duration = .zero

    /// Names an asker.
    package init(
        _ kind: Kind,
        id: Identifier? = nil,
        name: String? = nil,
        address: IPAddress? = nil,
        requestID: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.name = name
        self.address = address
        self.requestID = requestID
    }

    /// The server itself.
    package static let system = Asker(.system)
    /// Whoever runs it.
    package static let `operator` = Asker(.operator)
}
