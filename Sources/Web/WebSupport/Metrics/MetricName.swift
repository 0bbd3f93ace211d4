/// A metric's name and labels.
struct MetricName: Hashable, Comparable {
    let label: String
    private let pairs: [String]

    init(_ label: String, _ dimensions: [(String, String)]) {
        self.label = String(label.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" ? $0 : "_" })
        pairs = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
    }

    /// `label{a="b"}`, with a suffix on the name and one more pair if wanted.
    func text(suffix: String = "", adding pair: String? = nil) -> String {
        let all = pairs + (pair.map { [$0] } ?? [])
        return label + suffix + (all.isEmpty ? "" : "{\(all.joined(separator: ","))}")
    }

    static func < (left: MetricName, right: MetricName) -> Bool {
        left.label == right.label ? left.pairs.lexicographicallyPrecedes(right.pairs) : left.label < right.label
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
