package import Primitives

/// A person who has signed in, in one browser.
package struct Session: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Who it is.
    package let user: User
    /// What they may do in the workspace that is active; nil when none is.
    package let principal: Principal?
}
