package import Primitives

/// All price lists and rate sheets that there were, are, or are announced, by when they begin.
package struct PriceHistory: Sendable {
    /// A price list with its id.
    package struct Dated: Sendable, Equatable {
        /// Its id.
        package let id: Identifier
        /// The list; in force from its `updatedAt`, which counts, to that of the next.
        package let list: PriceList
        /// When it was announced.
        package let announcedAt: Timestamp
    }

    /// The list before the first.
    package let builtIn: PriceList
    /// The others, by when they begin.
    package let lists: [Dated]
    /// The rate sheets, by when they begin; before the first, the built-in one is in force.
    package let sheets: [RateSheetHeader]

    /// The price list in force at a moment.
    package func list(at moment: Timestamp) -> PriceList {
        lists.last { $0.list.updatedAt <= moment }?.list ?? builtIn
    }

    /// The price lists that begin after a moment, the next one first.
    package func upcomingLists(after moment: Timestamp) -> [Dated] {
        lists.filter { $0.list.updatedAt > moment }
    }

    /// The rate sheet in force at a moment; nil for the built-in one.
    package func sheet(at moment: Timestamp) -> RateSheetHeader? {
        sheets.last { $0.effectiveAt <= moment }
    }

    /// The rate sheets that begin after a moment, the next one first.
    package func upcomingSheets(after moment: Timestamp) -> [RateSheetHeader] {
        sheets.filter { $0.effectiveAt > moment }
    }
}
