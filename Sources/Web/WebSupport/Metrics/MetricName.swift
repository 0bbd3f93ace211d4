/// A metric's name and labels, kept as they were given: they are looked up at every event, and spelled for Prometheus only
/// when somebody reads them.
struct MetricName: Hashable, Comparable {
    private let name: String
    /// Names and values in turn.
    private let dimensions: [String]

    init(_ name: String, _ dimensions: [(String, String)]) {
        self.name = name
        self.dimensions = dimensions.flatMap { [$0.0, $0.1] }
    }

    /// The name with nothing in it that Prometheus does not take.
    var label: String {
        String(name.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" ? $0 : "_" })
    }

    /// `label{a="b"}`, with a suffix on the name and one more pair if wanted.
    func text(suffix: String = "", adding pair: String? = nil) -> String {
        var pairs = stride(from: 0, to: dimensions.count, by: 2).map { index in
            "\(dimensions[index])=\"\(Self.escaped(dimensions[index + 1]))\""
        }
        if let pair { pairs.append(pair) }
        return label + suffix + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}")
    }

    static func < (left: MetricName, right: MetricName) -> Bool {
        left.name == right.name ? left.dimensions.lexicographicallyPrecedes(right.dimensions) : left.name < right.name
    }

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
    }
}
