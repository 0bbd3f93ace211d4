import Hummingbird
import Platform
import WebSupport

/// What the links in mails about alerts open.
struct AlertPages {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("confirm", get: askWhether, post: confirm)
        group.resource("stop", get: askToStop, post: stop)
    }

    @Sendable private func askWhether(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response(
            "Do you want alerts?",
            body: "<p>We write to you when the wallet runs low.</p>"
                + FormPage.button("Yes, write to me", "/alerts/confirm", FormPage.token(request))
        )
    }

    @Sendable private func confirm(_ request: Request, _ api: APIContext) async throws -> Response {
        let token = try await BodyReader.form(request)["token"] ?? ""
        return try await FormPage.answer {
            let email = try await AnswerAlertMail(context.asked(by: api.asker)).confirm(token: token)
            let text =
                "<p>\(HTMLPage.escaped(email)) gets the alerts from now on. Each mail has a link to stop them.</p>"
            return HTMLPage.response("You will get alerts", body: text)
        }
    }

    @Sendable private func askToStop(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response(
            "No more alerts?",
            body: FormPage.button("Stop the alerts", "/alerts/stop", FormPage.token(request))
        )
    }

    /// A mail program's own button sends the token in the URL only (RFC 8058 section 3.1).
    @Sendable private func stop(_ request: Request, _ api: APIContext) async throws -> Response {
        let token = try await BodyReader.form(request)["token"] ?? FormPage.token(request)
        return try await FormPage.answer {
            let email = try await AnswerAlertMail(context.asked(by: api.asker)).stop(token: token)
            return HTMLPage.response(
                "You get no more alerts",
                body: "<p>\(HTMLPage.escaped(email)) is off the list.</p>"
            )
        }
    }
}
