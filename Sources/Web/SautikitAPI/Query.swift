import Hummingbird
import Platform

/// Reads query parameters.
enum Query {
    /// A whole number within bounds; the default when it is missing.
    static func integer(
        _ parameters: Parameters,
        _ name: String,
        in range: ClosedRange<Int>,
        default fallback: Int
    ) throws(PlatformError) -> Int {
        guard let text = text(parameters, name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw PlatformError(
                .requestInvalid,
                "'\(name)' is \(range.lowerBound) to \(range.upperBound).",
                field: name
            )
        }
        return value
    }

    /// A text; nil when it is missing or empty.
    static func text(_ parameters: Parameters, _ name: String) -> String? {
        parameters.get(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}
