import Platform

extension JSONValue {
    /// The text of a string.
    var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of a whole number.
    var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// An amount in major units as minor ones: 3.00 is 300.
    var minorUnits: Int64? {
        switch self {
        case .integer(let value): value * 100
        case .double(let value): Int64((value * 100).rounded())
        case .decimal(let minor): minor
        default: nil
        }
    }

    /// The elements of an array.
    var elements: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }
}
