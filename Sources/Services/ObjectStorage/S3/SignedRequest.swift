/// A request as AWS Signature Version 4 sees it.
struct SignedRequest {
    var method: String
    /// Decoded; S3 wants it encoded once and not tidied up.
    var path: String
    var query: [(name: String, value: String)] = []
    /// All that are signed, `host` among them.
    var headers: [(name: String, value: String)]
    /// SHA-256 of the body, lower-case hexadecimal.
    var bodyHash: String

    /// Names in their order, lower-case, with their values after a colon; values of one name are joined.
    private var canonicalHeaders: [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for (name, value) in headers { values[name.lowercased(), default: []].append(Self.trimmed(value)) }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    /// The names that the signature is for.
    var signedNames: String { canonicalHeaders.map(\.name).joined(separator: ";") }

    /// The query as it is signed and sent.
    var canonicalQuery: String {
        query.map { (URIEncoding.encode($0.name), URIEncoding.encode($0.value)) }
            .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// The path as it is signed and sent.
    var canonicalPath: String { URIEncoding.encode(path, keepingSlashes: true) }

    /// What is hashed and signed.
    var canonicalText: String {
        let lines = canonicalHeaders.map { "\($0.name):\($0.value)\n" }.joined()
        return [method, canonicalPath, canonicalQuery, lines, signedNames, bodyHash].joined(separator: "\n")
    }

    /// Without spaces around, and with one where there were several.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
