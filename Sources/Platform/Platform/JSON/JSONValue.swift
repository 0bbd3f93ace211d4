/// A JSON document as a value. Objects keep the order they were made in, so that bodies read as they are documented.
package enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// Any other number.
    case double(Double)
    /// Minor units shown as a decimal number: 300 is `3.00`.
    case decimal(minor: Int64)
    /// A string.
    case string(String)
    /// A document that this type printed before, kept as its text: what was stored need not be read to be shown.
    case printed(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object([JSONMember])

    /// The member of an object by name; nil for another kind of value or an unknown name.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    package init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    package init(integerLiteral value: Int64) { self = .integer(value) }
    /// A truth value.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    /// `null`.
    package init(nilLiteral: ()) { self = .null }
    /// An array.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, in the order written.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0, $1) })
    }

    /// The string, or `null`.
    package init(_ value: String?) { self = value.map { .string($0) } ?? .null }
}
