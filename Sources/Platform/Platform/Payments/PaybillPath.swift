/// The paths at which payments to the Paybill are asked about and told: a secret of this server's, which nobody can guess.
package struct PaybillPath: Sendable {
    private let secrets: SecretBox

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        secrets = context.secrets
    }

    /// Where a payment is asked about before it is made.
    package var validation: String { "/payments/paybill/\(token)/validation" }

    /// Where a payment is told.
    package var confirmation: String { "/payments/paybill/\(token)/confirmation" }

    /// Whether a path has this server's secret.
    package func isOurs(_ token: String) -> Bool { secrets.isSignature(token, of: Self.text) }

    private var token: String { secrets.sign(Self.text) }
    private static let text = "paybill"
}
