package import Primitives

/// A rate sheet without its rates.
package struct RateSheetHeader: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// When it begins; it ends when the next one begins.
    package let effectiveAt: Timestamp
    /// When it was loaded.
    package let announcedAt: Timestamp
    /// How many prefixes it has.
    package let count: Int
}
