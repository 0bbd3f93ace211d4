import Hummingbird
import Ledger
import Platform
import Primitives

/// The query of `GET /v1/wallet/transactions`.
enum TransactionRequests {
    /// What can move a wallet. Money whose owner is not known never does.
    private static let kinds = EntryKind.allCases.filter { $0 != .suspense }

    static func read(_ query: Parameters) throws(PlatformError) -> PostingFilter {
        var filter = try readFilters(query)
        filter.limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        return filter
    }

    /// The same for a file, which has all of them.
    static func readFilters(_ query: Parameters) throws(PlatformError) -> PostingFilter {
        var filter = PostingFilter()
        filter.kind = try kind(query)
        filter.raises = try raises(query)
        filter.referenceID = try reference(query)
        filter.from = try Query.moment(query, "from")
        filter.to = try Query.moment(query, "to")
        filter.before = try Query.cursor(query)
        return filter
    }

    private static func kind(_ query: Parameters) throws(PlatformError) -> EntryKind? {
        guard let text = try Query.text(query, "type") else { return nil }
        guard let kind = kinds.first(where: { $0.rawValue == text }) else {
            let known = kinds.map(\.rawValue).joined(separator: ", ")
            throw PlatformError(.requestInvalid, "'type' is one of \(known).", field: "type")
        }
        return kind
    }

    private static func raises(_ query: Parameters) throws(PlatformError) -> Bool? {
        switch try Query.text(query, "direction") {
        case nil: return nil
        case "credit": return true
        case "debit": return false
        default: throw PlatformError(.requestInvalid, "'direction' is debit or credit.", field: "direction")
        }
    }

    private static func reference(_ query: Parameters) throws(PlatformError) -> Identifier? {
        guard let text = try Query.text(query, "reference") else { return nil }
        guard let id = Identifier(parsing: text) else {
            throw PlatformError(
                .requestInvalid,
                "'reference' is the id of a call, a number, a top-up or a transaction.",
                field: "reference"
            )
        }
        return id
    }
}
