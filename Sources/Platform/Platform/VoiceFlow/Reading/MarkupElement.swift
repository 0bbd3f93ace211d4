/// An element of an XML document.
struct MarkupElement {
    let name: String
    /// By name, so that faults come in a fixed order; those of namespaces are left out.
    let attributes: [(name: String, value: String)]
    /// What is written in it, outside of other elements, without white space around.
    var text = ""
    var children: [MarkupElement] = []

    init(_ name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes.filter { $0.key != "xmlns" && !$0.key.contains(":") }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The elements with their paths: `Response.Say[0]`, counted by name. One more than a document may have is enough to know
    /// that there are too many.
    func children(under path: String) -> [(element: MarkupElement, path: String)] {
        var counts: [String: Int] = [:]
        return children.prefix(VoiceActionParser.longest + 1).map { child in
            let index = counts[child.name, default: 0]
            counts[child.name] = index + 1
            return (child, "\(path).\(WrittenName.cut(child.name))[\(index)]")
        }
    }
}
