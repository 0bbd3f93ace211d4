package import Primitives

/// Which changes are wanted; all that is given must hold.
package struct AuditFilter: Sendable {
    /// What was done.
    package var action: AuditAction?
    /// The key or person who did it.
    package var askerID: Identifier?
    /// The thing that it was done to.
    package var subjectID: Identifier?
    /// From this moment on.
    package var from: Timestamp?
    /// Up to this moment, which is not counted.
    package var to: Timestamp?
    /// Older than this one, which the last page ended with.
    package var before: Identifier?
    /// 1 to 100.
    package var limit = 25

    /// Wants the newest 25.
    package init() {}
}
