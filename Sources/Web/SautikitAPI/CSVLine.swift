import Platform

/// A line of a CSV file.
enum CSVLine {
    /// The fields with commas between, and the end of the line.
    static func text(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// A value as a field.
    static func field(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: value.text
        }
    }

    /// RFC 4180; and no field begins as a formula does, since these files are opened in spreadsheets. A telephone
    /// number's plus stays, and so does the minus of a whole number.
    private static func quoted(_ field: String) -> String {
        let isNumber =
            (field.hasPrefix("+") || field.hasPrefix("-")) && field.utf8.count > 1
            && field.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let risky: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]
        let safe = field.first.map { risky.contains($0) } == true && !isNumber ? "'" + field : field
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
