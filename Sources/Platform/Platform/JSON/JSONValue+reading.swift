extension JSONValue {
    /// The text of a string.
    package var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of a whole number.
    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// An amount in major units as minor ones: 3.00 is 300.
    package var minorUnits: Int64? {
        switch self {
        case .integer(let value): value * 100
        case .double(let value): Int64((value * 100).rounded())
        case .decimal(let minor): minor
        default: nil
        }
    }

    /// The members of an object.
    package var members: [JSONMember] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of an array.
    package var elements: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }
}
