import Hummingbird
import Platform
import Primitives
import WebSupport

/// What a developer sees of the mailbox: `/sandbox/mailbox` as a page, `/sandbox/mailbox.json` for programs.
struct MailboxRoutes {
    private let mailbox: SandboxMailbox

    init(_ mailbox: SandboxMailbox) {
        self.mailbox = mailbox
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("mailbox", get: page)
        group.resource("mailbox.json", get: list)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let recipient = request.uri.queryParameters.get("recipient")?.lowercased()
        let mails = mailbox.received.filter { mail in recipient.map(mail.recipients.contains) ?? true }
        let rows = mails.map { mail -> JSONValue in
            [
                "received_at": .string(mail.receivedAt.rfc3339),
                "recipients": .array(mail.recipients.map { .string($0) }),
                "subject": .string(mail.subject), "text": .string(mail.text),
            ]
        }
        return APIResponse.json(["mails": .array(rows)])
    }

    @Sendable private func page(_ request: Request, _ api: APIContext) async throws -> Response {
        let mails = mailbox.received.map(Self.article).joined(separator: "\n")
        return HTMLPage.response(
            "Sandbox mailbox",
            body: """
                <p>Mails that this server sent, newest first. No mail leaves the sandbox.</p>
                \(mails.isEmpty ? "<p>Nothing yet.</p>" : mails)
                """
        )
    }

    private static func article(_ mail: SandboxMail) -> String {
        """
        <article><h2>\(HTMLPage.escaped(mail.subject))</h2>
        <small>to \(HTMLPage.escaped(mail.recipients.joined(separator: ", "))) at \(mail.receivedAt.rfc3339)</small>
        <pre>\(linked(mail.text))</pre></article>
        """
    }

    /// The text, with a line that is nothing but a URL made a link.
    private static func linked(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let safe = HTMLPage.escaped(String(line))
            guard line.hasPrefix("http://") || line.hasPrefix("https://"), !line.contains(" ") else { return safe }
            return "<a href=\"\(safe)\" rel=\"noreferrer\">\(safe)</a>"
        }.joined(separator: "\n")
    }
}
