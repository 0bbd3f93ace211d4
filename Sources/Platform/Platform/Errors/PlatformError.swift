/// A refusal that a user can cause, with a stable code and words that say what to do.
package struct PlatformError: Error, Equatable {
    /// The stable code.
    package let code: ErrorCode
    /// For people: what is wrong and what to do.
    package let message: String
    /// The request field at fault, as a path: `to`, `actions[1].play.url`.
    package let field: String?
    /// All faults of a request, when there are several; each with its own field.
    package let faults: [FieldFault]
    /// Where a person goes on, as a path of this server.
    package let redirectTo: String?
    /// How long to wait before trying again; nil when nothing is known.
    package let retryAfter: Duration?

    /// Makes a refusal.
    package init(
        _ code: ErrorCode,
        _ message: String,
        field: String? = nil,
        faults: [FieldFault] = [],
        redirectTo: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.retryAfter = retryAfter
        self.redirectTo = redirectTo
        self.code = code
        self.message = message
        self.field = field
        self.faults = faults
    }

    /// Makes one refusal of several faults; nil when there are none.
    package init?(_ faults: [FieldFault]) {
        guard let first = faults.first else { return nil }
        self.init(first.code, first.message, field: first.field, faults: faults)
    }
}
