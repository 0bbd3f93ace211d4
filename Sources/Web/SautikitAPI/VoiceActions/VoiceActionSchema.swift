import Foundation
package import Platform

/// The schema of voice documents (JSON Schema, draft 2020-12): `OpenAPI/voice-actions.schema.json`.
package enum VoiceActionSchema {
    /// The schema as it is published.
    package static let text = EmbeddedText.voiceActionsSchema

    private static let definitions = "#/$defs/"

    /// Its definitions as schemas of a contract, which therefore says the same.
    ///
    /// - Throws: Foundation's error when the file is no JSON.
    package static func components() throws -> [JSONMember] {
        let schema = try JSONValue(parsing: Data(text.utf8))
        return (schema["$defs"]?.members ?? []).map { JSONMember($0.name, moved($0.value)) }
    }

    private static func moved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): .array(values.map(moved))
        case .object(let members): .object(members.map { JSONMember($0.name, moved($0)) })
        default: value
        }
    }

    private static func moved(_ member: JSONMember) -> JSONValue {
        guard member.name == "$ref", let path = member.value.stringValue, path.hasPrefix(definitions) else {
            return moved(member.value)
        }
        return .string("#/components/schemas/" + path.dropFirst(definitions.count))
    }
}
