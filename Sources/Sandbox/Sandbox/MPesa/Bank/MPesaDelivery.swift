import Platform

/// What came of a notice.
struct MPesaDelivery: Sendable, Equatable {
    let kind: MPesaNotice.Kind
    let reference: String
    /// The HTTP status; nil when there was no answer.
    let status: Int?
    /// Why there was none.
    let failure: String?

    var document: JSONValue {
        [
            "kind": .string(kind.rawValue), "reference": .string(reference),
            "status": status.map { .integer(Int64($0)) } ?? .null, "failure": JSONValue(failure),
        ]
    }
}
