package import Primitives

/// Which top-ups to list.
package struct TopupFilter: Sendable {
    /// Only older ones than this.
    package var before: Identifier?
    /// Only those of this status.
    package var status: TopupStatus?
    /// At most so many.
    package var limit = 25

    /// All of them.
    package init() {}
}
