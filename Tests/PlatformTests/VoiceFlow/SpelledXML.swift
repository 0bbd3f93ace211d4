import Platform

/// Actions as an XML document, by the rules of the documentation and without the code that reads them.
enum SpelledXML {
    private static let content = [
        "say": "text", "play": "url", "redirect": "url", "conference": "name", "dial": "number",
    ]

    static func document(_ actions: [VoiceAction]) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\n\(elements(actions.map(\.json)))</Response>"
    }

    private static func elements(_ actions: [JSONValue]) -> String {
        actions.map { action in
            let verb = action.members[0]
            let name = verb.name.prefix(1).uppercased() + verb.name.dropFirst()
            var (attributes, inside) = ("", "")
            for member in verb.value.members {
                switch member.value {
                case .array(let values): inside += children(member.name, values)
                case .string(let text) where member.name == content[verb.name]: inside += escaped(text)
                case .string(let text): attributes += " \(attribute(member.name, of: verb.name))=\"\(escaped(text))\""
                default: attributes += " \(attribute(member.name, of: verb.name))=\"\(member.value.text)\""
                }
            }
            return inside.isEmpty ? "<\(name)\(attributes)/>\n" : "<\(name)\(attributes)>\(inside)</\(name)>\n"
        }.joined()
    }

    private static func children(_ name: String, _ values: [JSONValue]) -> String {
        switch name {
        case "numbers": values.map { "<Number>\($0.stringValue ?? "")</Number>" }.joined()
        case "whisper": "<Whisper>\(elements(values))</Whisper>"
        default: elements(values)
        }
    }

    private static func attribute(_ name: String, of verb: String) -> String {
        verb == "getDigits" && name == "numDigits" ? "maxDigits" : name
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
    }
}
