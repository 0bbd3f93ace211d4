package import Primitives

/// The path at which the outcome of a push is told: a secret of that push alone, which nobody can guess (facts M-Pesa, section 9).
package struct PushCallback: Sendable {
    private let secrets: SecretBox

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        secrets = context.secrets
    }

    /// The path: `/payments/pushes/{id}/{token}`. Its letters cannot spell what M-Pesa forbids in URLs.
    package func path(of topupID: Identifier) -> String {
        "/payments/pushes/\(topupID.uuidString)/\(secrets.sign(Self.text(topupID)))"
    }

    /// The top-up of a path's last two parts; nil for a path that was not made here.
    package func topupID(_ id: String, token: String) -> Identifier? {
        guard let id = Identifier(parsing: id), secrets.isSignature(token, of: Self.text(id)) else { return nil }
        return id
    }

    private static func text(_ id: Identifier) -> String { "push:\(id)" }
}
