package import Primitives

/// Which numbers of the inventory are wanted.
package struct InventoryFilter: Sendable {
    /// Two letters, in either case; nil for all.
    package var country: String?
    /// How the number begins, with or without `+`.
    package var prefix = ""
    /// Digits that are somewhere in it.
    package var contains = ""
    /// Those that come after this one, which the last page ended with.
    package var after: Identifier?
    /// 1 to 100.
    package var limit = 25

    /// Wants the first 25.
    package init() {}
}
