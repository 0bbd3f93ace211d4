/// Finds the verbs of an XML document.
enum XMLVerbs {
    private static let root = "Response"

    /// Reads `<Response>…</Response>`.
    static func read(_ text: String) throws(PlatformError) -> VerbTree {
        let element = try MarkupReader.read(text)
        guard element.name == root else {
            throw VoiceDocument.refusal(
                .requestInvalid,
                "A document begins with <Response>, and this one with <\(WrittenName.cut(element.name))>."
            )
        }
        var faults = element.attributes.map { attribute in
            FieldFault("\(root).\(WrittenName.cut(attribute.name))", "<Response> has no attributes.")
        }
        if !element.text.isEmpty { faults.append(strayText(root)) }
        let items = element.children(under: root).map { item($0.element, path: $0.path) }
        return VerbTree(path: root, items: items, faults: faults)
    }

    private static func item(_ element: MarkupElement, path: String) -> VerbItem {
        guard let verb = XMLNames.verbs[element.name] else { return .faulty([unknown(element.name, path)]) }
        let parts = XMLParts(element, of: verb, path: path)
        return .verb(VerbNode(verb: verb, path: path, fields: parts.fields, faults: parts.faults))
    }

    /// The entries of an element that holds actions.
    static func items(_ children: [(element: MarkupElement, path: String)]) -> [VerbItem] {
        children.map { item($0.element, path: $0.path) }
    }

    static func strayText(_ path: String) -> FieldFault {
        FieldFault(path, "There is text here that belongs to no verb.")
    }

    private static func unknown(_ name: String, _ path: String) -> FieldFault {
        let hint = WrittenName.suggestion(for: name, among: XMLNames.verbs.keys.sorted())
        return FieldFault(path, "<\(WrittenName.cut(name))> is not a verb.\(hint)", code: .actionUnsupported)
    }
}
