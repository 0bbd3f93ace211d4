import Hummingbird
import Platform
import Primitives

/// Reads query parameters.
enum Query {
    /// A whole number within bounds; the default when it is missing.
    static func integer(
        _ parameters: Parameters,
        _ name: String,
        in range: ClosedRange<Int>,
        default fallback: Int
    ) throws(PlatformError) -> Int {
        guard let text = try text(parameters, name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw PlatformError(
                .requestInvalid,
                "'\(name)' is \(range.lowerBound) to \(range.upperBound).",
                field: name
            )
        }
        return value
    }

    /// A text; nil when it is missing or empty. No database can store U+0000, so nothing is found by it.
    static func text(_ parameters: Parameters, _ name: String) throws(PlatformError) -> String? {
        guard let text = parameters.get(name), !text.isEmpty else { return nil }
        guard text.utf8.count <= 256, !text.utf8.contains(0) else {
            throw PlatformError(
                .requestInvalid,
                "'\(name)' has at most 256 bytes and does not contain U+0000.",
                field: name
            )
        }
        return text
    }

    /// The Unix seconds of the years 1 to 9999.
    private static let unixSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// A moment in RFC 3339 or Unix seconds; nil when it is missing.
    static func moment(_ parameters: Parameters, _ name: String) throws(PlatformError) -> Timestamp? {
        guard let text = try text(parameters, name) else { return nil }
        if let seconds = Int64(text), unixSeconds.contains(seconds) {
            return Timestamp(millisecondsSinceEpoch: seconds * 1000)
        }
        guard let moment = Timestamp(rfc3339: text) else {
            throw PlatformError(.requestInvalid, "'\(name)' is a time such as 2026-06-27T10:00:00Z.", field: name)
        }
        return moment
    }

    /// Where a page begins: the id that the last one ended with; nil for the first page.
    static func cursor(_ parameters: Parameters) throws(PlatformError) -> Identifier? {
        guard let text = try text(parameters, "cursor") else { return nil }
        guard let id = Identifier(parsing: text) else {
            throw PlatformError(.requestInvalid, "'cursor' is not one that a page ended with.", field: "cursor")
        }
        return id
    }
}
