import Foundation

/// The parameters of a verb's element: attributes, text and elements, under their names in JSON.
struct XMLParts {
    private(set) var fields: [VerbField] = []
    private(set) var faults: [FieldFault] = []

    init(_ element: MarkupElement, of verb: VoiceVerb, path: String) {
        addAttributes(element, verb, path)
        addText(element, verb, path)
        addChildren(element, verb, path)
    }

    private mutating func addAttributes(_ element: MarkupElement, _ verb: VoiceVerb, _ path: String) {
        for attribute in element.attributes {
            let name = XMLNames.attributes[verb]?[attribute.name] ?? attribute.name
            let path = "\(path).\(WrittenName.cut(attribute.name))"
            if verb == .dial, name == "numbers" {
                let numbers = attribute.value.split { ", ".contains($0) }.map { JSONValue.string(String($0)) }
                fields.append(VerbField(name: name, path: path, value: .json(.array(numbers))))
            } else {
                fields.append(VerbField(name: name, path: path, value: .text(attribute.value)))
            }
        }
    }

    private mutating func addText(_ element: MarkupElement, _ verb: VoiceVerb, _ path: String) {
        guard !element.text.isEmpty else { return }
        guard let name = XMLNames.content[verb] else {
            faults.append(XMLVerbs.strayText(path))
            return
        }
        fields.append(VerbField(name: name, path: path, value: .text(element.text)))
    }

    private mutating func addChildren(_ element: MarkupElement, _ verb: VoiceVerb, _ path: String) {
        let children = element.children(under: path)
        if verb == .getDigits {
            if !children.isEmpty { addActions("nested", children, path) }
            return
        }
        var parts: [(name: String, path: String, text: String)] = []
        for (child, path) in children {
            if let name = XMLNames.holders[verb]?[child.name] {
                if !child.text.isEmpty { faults.append(XMLVerbs.strayText(path)) }
                refuseAttributes(child, path)
                addActions(name, child.children(under: path), path)
            } else if let name = XMLNames.parts[verb]?[child.name] {
                refuseAttributes(child, path)
                parts.append((name, path, child.text))
            } else {
                refuse(child, in: verb, path)
            }
        }
        add(parts, path)
    }

    private mutating func addActions(
        _ name: String,
        _ children: [(element: MarkupElement, path: String)],
        _ path: String
    ) {
        fields.append(VerbField(name: name, path: path, value: .actions(XMLVerbs.items(children))))
    }

    /// Several numbers are called at once; all else is there once.
    private mutating func add(_ parts: [(name: String, path: String, text: String)], _ path: String) {
        let numbers = parts.filter { $0.name == "number" }
        if numbers.count > 1 {
            let list = JSONValue.array(numbers.map { .string($0.text) })
            fields.append(VerbField(name: "numbers", path: "\(path).Number", value: .json(list)))
        }
        for part in parts where part.name != "number" || numbers.count == 1 {
            fields.append(VerbField(name: part.name, path: part.path, value: .text(part.text)))
        }
    }

    private mutating func refuseAttributes(_ element: MarkupElement, _ path: String) {
        faults += element.attributes.map { attribute in
            let name = WrittenName.cut(attribute.name)
            return FieldFault("\(path).\(name)", "'\(name)' is not known here.")
        }
        let inner = element.children(under: path)
        if XMLNames.parts[.dial]?[element.name] != nil, let first = inner.first {
            faults.append(FieldFault(first.path, "<\(WrittenName.cut(element.name))> has no elements inside."))
        }
    }

    private mutating func refuse(_ element: MarkupElement, in verb: VoiceVerb, _ path: String) {
        let known = (XMLNames.parts[verb] ?? [:]).keys.sorted() + (XMLNames.holders[verb] ?? [:]).keys.sorted()
        let name = WrittenName.cut(element.name)
        let hint = WrittenName.suggestion(for: element.name, among: known)
        faults.append(FieldFault(path, "<\(name)> cannot be inside of <\(verb.element)>.\(hint)"))
    }
}
