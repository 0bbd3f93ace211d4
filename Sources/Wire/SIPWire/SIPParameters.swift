/// The `;name=value` parameters of a URI or header, in their order.
package struct SIPParameters: Sendable, Hashable {
    /// One parameter; a flag has no value.
    package struct Parameter: Sendable, Hashable {
        /// The name as it came; in a URI, without escapes that it does not need.
        package let name: String
        /// The value, in the same way, quotes included; nil for a flag.
        package let value: String?
    }

    private var items: [Parameter]

    /// Makes parameters of pairs.
    package init(_ items: [(String, String?)] = []) {
        self.items = items.map { Parameter(name: $0.0, value: $0.1) }
    }

    /// Reads `a=b;c;d="e"`, without a leading semicolon.
    init(parsing text: some StringProtocol) {
        items = SIPText.split(String(text), at: UInt8(ascii: ";")).map { part in
            guard let equals = part.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                return Parameter(name: part, value: nil)
            }
            return Parameter(
                name: String(SIPText.trimmed(part[..<equals])),
                value: String(SIPText.trimmed(part[part.utf8.index(after: equals)...]))
            )
        }
    }

    /// Whether there are none.
    package var isEmpty: Bool { items.isEmpty }

    /// A parameter's value without quotes; nil when it is missing or a flag. Names have no case.
    package subscript(name: String) -> String? {
        get { items.first { $0.name.lowercased() == name }?.value.map { SIPText.unquoted($0) } }
        set { set(name, newValue) }
    }

    /// Whether a parameter is there, with or without a value.
    package func has(_ name: String) -> Bool {
        items.contains { $0.name.lowercased() == name }
    }

    /// Sets or appends a parameter; a nil value makes it a flag.
    package mutating func set(_ name: String, _ value: String?) {
        let parameter = Parameter(name: name, value: value)
        if let index = items.firstIndex(where: { $0.name.lowercased() == name }) {
            items[index] = parameter
        } else {
            items.append(parameter)
        }
    }

    /// All but one.
    package func without(_ name: String) -> SIPParameters {
        var rest = self
        rest.items.removeAll { $0.name.lowercased() == name }
        return rest
    }

    /// With a semicolon before each; empty when there are none.
    package var text: String {
        items.reduce(into: "") { text, item in
            text += ";" + item.name
            if let value = item.value { text += "=" + value }
        }
    }
}
