import Database
package import Primitives
import RegexBuilder

/// Shows and sets the sites whose pages may call in a workspace's name (RFC 6454); any may when there are none.
package struct ManageBrowserOrigins: Sendable {
    /// Sites of one workspace.
    package static let most = 50

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The sites, in the order in which they were given.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> [String] {
        try await context.database.read { try BrowserOriginTable.origins(of: workspaceID, in: $0) }
    }

    /// Replaces them; whoever is connected stays, and calls.
    ///
    /// - Returns: the sites as they are compared, in lower case, each once.
    /// - Throws: `PlatformError` `workspace.suspended`, or naming the fields; `DatabaseError`.
    package func replace(by texts: [String], workspaceID: Identifier) async throws -> [String] {
        var (origins, faults) = ([String](), [FieldFault]())
        for (index, text) in texts.enumerated() {
            let field = "allowed_origins[\(index)]"
            guard let origin = Self.origin(text) else {
                faults.append(FieldFault(field, "'\(field)' must be a site such as https://app.example.co.ke."))
                continue
            }
            if !origins.contains(origin) { origins.append(origin) }
        }
        if texts.count > Self.most {
            faults = [FieldFault("allowed_origins", "'allowed_origins' has at most \(Self.most) sites.")]
        }
        if let fault = PlatformError(faults) { throw fault }
        let wanted = origins
        try await context.database.write { tx in
            _ = try WorkspaceTable.holdActive(workspaceID, in: tx)
            let before = try BrowserOriginTable.origins(of: workspaceID, in: tx)
            try BrowserOriginTable.replace(of: workspaceID, by: wanted, in: tx)
            try RecordAudit(context)(
                .browserOriginsChanged,
                of: workspaceID,
                before: Self.view(before),
                after: Self.view(wanted),
                workspaceID: workspaceID,
                in: tx
            )
        }
        return origins
    }

    private static func view(_ origins: [String]) -> JSONValue {
        ["allowed_origins": .array(origins.map { .string($0) })]
    }

    /// A site as browsers write it: scheme, host, and a port that is not the scheme's own; nil for anything else. As the contract has
    /// it, a host is a name or an address of IPv4 (RFC 1123 section 2.1): a `*` would match nobody.
    static func origin(_ text: String) -> String? {
        let label = /[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/
        let site = Regex {
            Capture { /https?/ }
            "://"
            Capture {
                label
                Repeat(0...9) {
                    "."
                    label
                }
            }
            Optionally {
                ":"
                Capture { /[1-9][0-9]{0,4}/ }
            }
            Optionally { "/" }
        }
        // Letters beyond ASCII may become others that look alike.
        guard text.utf8.count <= 300, text.utf8.allSatisfy({ $0 < 0x80 }),
            let (_, scheme, host, digits) = text.lowercased().wholeMatch(of: site)?.output
        else { return nil }
        guard let digits else { return "\(scheme)://\(host)" }
        guard let port = UInt16(digits) else { return nil }
        return port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}
