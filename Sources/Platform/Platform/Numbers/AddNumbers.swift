import Database
import Primitives

/// Puts numbers into the inventory.
package struct AddNumbers: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Adds those that are not known yet and returns them.
    ///
    /// - Throws: `PlatformError` for a number that is not E.164 (then none is added), `DatabaseError`.
    package func callAsFunction(_ numbers: [String]) async throws -> [String] {
        let parsed = try numbers.map { number throws(PlatformError) in
            try PhoneNumber(parsing: number, field: "number").e164
        }
        let now = context.clock.now()
        return try await context.database.write { tx in
            try parsed.filter { number in
                try NumberTable.insert(
                    number,
                    country: PhoneNumber.country(of: number),
                    id: context.ids.next(),
                    at: now,
                    in: tx
                )
            }
        }
    }
}
