import Foundation

/// Where files are kept, as the operator's settings say.
package enum StorageLocation: Sendable, Equatable {
    /// A folder that all nodes share.
    case folder(String)
    /// A bucket.
    case s3(S3Settings)

    /// Reads `file:var`, or `s3://bucket/prefix?region=af-south-1`, which may have an `endpoint` of another store than AWS's and
    /// a `style`, `path` or `virtual`: by default paths for an endpoint that is given.
    ///
    /// - Throws: `StorageURLFault`.
    package init(_ url: String, accessKeyID: String?, secretAccessKey: String?) throws(StorageURLFault) {
        if url.hasPrefix("file:") {
            let path = url.dropFirst(5)
            let plain = path.hasPrefix("//") ? path.dropFirst(2) : path
            guard !plain.isEmpty else { throw .malformed }
            self = .folder(plain.count > 1 && plain.hasSuffix("/") ? String(plain.dropLast()) : String(plain))
            return
        }
        guard let parts = URLComponents(string: url), parts.scheme == "s3", let bucket = parts.host, !bucket.isEmpty,
            parts.user == nil, parts.fragment == nil
        else { throw .malformed }
        guard let accessKeyID, let secretAccessKey else { throw .withoutKeys }
        let options = try Self.options(parts.queryItems ?? [])
        let region = options["region"] ?? "us-east-1"
        let endpoint = try options["endpoint"].map { text throws(StorageURLFault) in try Self.endpoint(text) }
        self = .s3(
            S3Settings(
                endpoint: endpoint ?? "https://s3.\(region).amazonaws.com",
                region: region,
                bucket: bucket,
                prefix: parts.path.split(separator: "/").joined(separator: "/"),
                isVirtualHosted: (options["style"] ?? (endpoint == nil ? "virtual" : "path")) == "virtual",
                accessKeyID: accessKeyID,
                secretAccessKey: secretAccessKey
            )
        )
    }

    private static func options(_ items: [URLQueryItem]) throws(StorageURLFault) -> [String: String] {
        var options: [String: String] = [:]
        for item in items {
            guard ["endpoint", "region", "style"].contains(item.name), let value = item.value, !value.isEmpty,
                options.updateValue(value, forKey: item.name) == nil
            else { throw .unknownOption(item.name) }
        }
        if let style = options["style"], style != "path", style != "virtual" { throw .unknownOption("style") }
        return options
    }

    private static func endpoint(_ text: String) throws(StorageURLFault) -> String {
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme), let host = parts.host,
            !host.isEmpty, ["", "/"].contains(parts.path), parts.query == nil, parts.user == nil
        else { throw .badEndpoint }
        return "\(parts.scheme ?? "https")://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }
}
