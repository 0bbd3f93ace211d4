package import Foundation

extension JSONValue {
    /// Reads a JSON document. Members come sorted by name, since the library that reads them does not keep their order.
    ///
    /// - Parameter data: UTF-8; nesting is bounded by the library (512).
    /// - Throws: Foundation's error, which says where the document is wrong.
    package init(parsing data: Data) throws {
        self = try Self.value(JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
    }

    private static func value(_ found: Any) throws -> JSONValue {
        // Foundation's classes come last: asked whether it is one of them, a dictionary is copied into one first.
        switch found {
        case let text as String: return .string(text)
        case let members as [String: Any]:
            return .object(try members.sorted { $0.key < $1.key }.map { JSONMember($0.key, try value($0.value)) })
        case let values as [Any]: return .array(try values.map(value))
        case let number as NSNumber: return value(number)
        case is NSNull: return .null
        default: throw CocoaError(.propertyListReadCorrupt)
        }
    }

    private static func value(_ number: NSNumber) -> JSONValue {
        if isBoolean(number) { return .bool(number.boolValue) }
        if let whole = Int64(exactly: number.doubleValue), whole.magnitude < 1 << 53 { return .integer(whole) }
        if let whole = Int64(number.stringValue) { return .integer(whole) }
        return .double(number.doubleValue)
    }

    /// Foundation tells a boolean from a number only by its Objective-C type: `c` is `Bool`.
    private static func isBoolean(_ number: NSNumber) -> Bool {
        unsafe String(cString: number.objCType) == "c"
    }
}
