import Foundation
import Platform

/// Compares documents with an example: every key of it is there, with a value of the same type.
enum JSONShape {
    /// The paths at which `actual` lacks something of `example` or has another type there.
    static func differences(_ actual: JSONValue?, from example: JSONValue, at path: String = "$") -> [String] {
        switch (example, actual) {
        case (.object(let members), .object?):
            members.flatMap { differences(actual?[$0.name], from: $0.value, at: "\(path).\($0.name)") }
        case (.array(let examples), .array(let values)?):
            examples.isEmpty || values.isEmpty
                ? [] : values.indices.flatMap { differences(values[$0], from: examples[0], at: "\(path)[\($0)]") }
        case (.string, .string?), (.bool, .bool?), (.null, .some): []
        case (.integer, .integer?), (.integer, .double?), (.double, .integer?), (.double, .double?): []
        default: ["\(path): \(String(describing: actual))"]
        }
    }

    /// The same for an example in JSON.
    static func differences(_ actual: JSONValue, from example: String) throws -> [String] {
        differences(actual, from: try JSONValue(parsing: Data(example.utf8)))
    }
}
