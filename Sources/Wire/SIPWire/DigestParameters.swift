/// Reads the `name=value, name="value"` list behind `Digest`.
enum DigestParameters {
    /// The parameters by lower-case name; nil for another scheme.
    static func parse(_ text: String) -> [String: String]? {
        guard text.prefix(7).lowercased() == "digest " else { return nil }
        var parameters: [String: String] = [:]
        for part in SIPText.commaSeparated(String(text.dropFirst(7))) {
            guard let equals = part.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = SIPText.trimmed(part[..<equals]).lowercased()
            parameters[name] = SIPText.unquoted(SIPText.trimmed(part[part.utf8.index(after: equals)...]))
        }
        return parameters
    }
}
