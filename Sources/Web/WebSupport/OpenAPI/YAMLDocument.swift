package import Platform
import Yams

/// Reads YAML as the JSON document that it stands for, in the order it is written (YAML 1.2 section 10.3, the core schema).
package enum YAMLDocument {
    /// Reads one document.
    ///
    /// - Throws: Yams' error, with the line, for what is no YAML.
    package static func parse(_ text: String) throws -> JSONValue {
        guard let node = try Yams.compose(yaml: text) else { return .null }
        return value(node)
    }

    private static func value(_ node: Node) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            .object(mapping.map { JSONMember($0.key.string ?? "", value($0.value)) })
        case .sequence(let sequence): .array(sequence.map(value))
        case .scalar(let scalar): self.scalar(node, scalar)
        case .alias: .null
        }
    }

    /// A scalar that is quoted, or none of the other kinds, is a string; a date is one, too.
    private static func scalar(_ node: Node, _ scalar: Node.Scalar) -> JSONValue {
        switch node.tag.description {
        case Tag.Name.null.rawValue: .null
        case Tag.Name.bool.rawValue: node.bool.map { .bool($0) } ?? .string(scalar.string)
        case Tag.Name.int.rawValue: node.int.map { .integer(Int64($0)) } ?? .string(scalar.string)
        case Tag.Name.float.rawValue: node.float.map { .double($0) } ?? .string(scalar.string)
        default: .string(scalar.string)
        }
    }
}
