import Primitives

/// The links in mails about alerts, where the server was reached when the recipient was asked.
struct AlertLinks {
    private static let path = "/alerts"

    private let secrets: SecretBox

    init(_ context: PlatformContext) {
        secrets = context.secrets
    }

    /// Where an address says that it wants the mails.
    static func confirm(token: String, baseURL: String) -> String {
        "\(baseURL)\(path)/confirm?token=\(token)"
    }

    /// Where an address says that it wants no more; it works for ever.
    func stop(_ recipient: AlertRecipient) -> String {
        "\(recipient.baseURL)\(Self.path)/stop?token=\(stopToken(of: recipient.id))"
    }

    func stopToken(of id: Identifier) -> String {
        "\(id.rendered(prefix: AlertRecipient.prefix)).\(secrets.sign(Self.text(id)))"
    }

    /// The recipient that a token of `stop` is for; nil when it was changed or is not ours.
    func recipient(stopToken token: String) -> Identifier? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Identifier(parsing: String(parts[0])),
            secrets.isSignature(String(parts[1]), of: Self.text(id))
        else { return nil }
        return id
    }

    private static func text(_ id: Identifier) -> String { "alerts:stop:\(id)" }
}
