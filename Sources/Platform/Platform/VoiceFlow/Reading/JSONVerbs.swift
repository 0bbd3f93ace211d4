import Foundation

/// Finds the verbs of a JSON document.
enum JSONVerbs {
    /// Where the actions of a document are.
    private static let root = "actions"

    /// Reads `{"actions": […]}`, or the array alone.
    static func read(_ text: String) throws(PlatformError) -> VerbTree {
        let document = try parse(text)
        let faults = JSONRepeatedNames.paths(in: Array(text.utf8), root: root).map {
            FieldFault($0, "This name is given more than once.")
        }
        switch document {
        case .array(let items): return VerbTree(path: root, items: self.items(items, path: root), faults: faults)
        case .object(let members): return VerbTree(members, faults)
        default: throw VoiceDocument.refusal(.requestInvalid, "A document is {\"actions\": […]}.")
        }
    }

    private static func parse(_ text: String) throws(PlatformError) -> JSONValue {
        do {
            return try JSONValue(parsing: Data(text.utf8))
        } catch {
            let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            throw VoiceDocument.refusal(
                .requestMalformed,
                "The document is not JSON. \(reason ?? "It cannot be read.")"
            )
        }
    }

    /// The entries of a list of actions. One more than a document may have is enough to know that there are too many.
    static func items(_ values: [JSONValue], path: String) -> [VerbItem] {
        values.prefix(VoiceActionParser.longest + 1).enumerated().map {
            item($0.element, path: "\(path)[\($0.offset)]")
        }
    }

    private static func item(_ value: JSONValue, path: String) -> VerbItem {
        guard case .object(let verbs) = value, verbs.count == 1 else {
            return .faulty([FieldFault(path, "An action is an object with exactly one verb.")])
        }
        let name = verbs[0].name
        let verbPath = "\(path).\(WrittenName.cut(name))"
        guard let verb = VoiceVerb(rawValue: name) else { return .faulty([unknown(name, verbPath)]) }
        guard case .object(let members) = verbs[0].value else {
            return .faulty([FieldFault(verbPath, "'\(name)' takes an object, which may be empty: {}.")])
        }
        return .verb(VerbNode(verb: verb, path: verbPath, fields: members.map { field($0, of: verb, verbPath) }))
    }

    private static func field(_ member: JSONMember, of verb: VoiceVerb, _ path: String) -> VerbField {
        let path = "\(path).\(WrittenName.cut(member.name))"
        if member.name == verb.holder, case .array(let values) = member.value {
            return VerbField(name: member.name, path: path, value: .actions(items(values, path: path)))
        }
        return VerbField(name: member.name, path: path, value: .json(member.value))
    }

    private static func unknown(_ name: String, _ path: String) -> FieldFault {
        if name == "aiAgent" {
            let message = "'aiAgent' is not supported by this server. Connect an agent of your own with 'stream'."
            return FieldFault(path, message, code: .actionUnsupported)
        }
        let hint = WrittenName.suggestion(for: name, among: VoiceVerb.allCases.map(\.rawValue))
        return FieldFault(path, "'\(WrittenName.cut(name))' is not a verb.\(hint)", code: .actionUnsupported)
    }
}

extension VerbTree {
    /// The members of a document.
    fileprivate init(_ members: [JSONMember], _ faults: [FieldFault]) {
        var faults = faults
        for member in members where member.name != "actions" {
            let name = WrittenName.cut(member.name)
            let hint = WrittenName.suggestion(for: member.name, among: ["actions"])
            faults.append(FieldFault(name, "'\(name)' is not known here.\(hint)"))
        }
        switch members.first(where: { $0.name == "actions" })?.value {
        case nil: faults.append(FieldFault("actions", "'actions' is required."))
        case .array(let values):
            self.init(path: "actions", items: JSONVerbs.items(values, path: "actions"), faults: faults)
            return
        default: faults.append(FieldFault("actions", "'actions' must be an array of actions."))
        }
        self.init(path: "actions", items: [], faults: faults)
    }
}
