import Hummingbird
import Platform
import Primitives
import WebSupport

/// What the links in mails open. Looking at a page uses nothing up, since mail programs look at links too: buttons act.
struct SignInPages {
    private let context: PlatformContext
    private let signIn: SignIn
    private let publicURL: String?

    init(_ context: PlatformContext, signIn: SignIn, publicURL: String?) {
        self.context = context
        self.signIn = signIn
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("sign-in", get: askWho, post: send)
        group.resource("verify", get: askWhether, post: redeem)
        group.resource("invite", get: showInvitation, post: accept)
    }

    @Sendable private func askWho(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response(
            "Sign in to Sautikit",
            body: """
                <p>We send you a link. There is no password.</p>
                <form method="post" action="/auth/sign-in"><p><label>E-mail address<br>
                <input type="email" name="email" required autofocus autocomplete="email"></label></p>
                <button>Send the link</button></form>
                """
        )
    }

    @Sendable private func send(_ request: Request, _ api: APIContext) async throws -> Response {
        let form = try await BodyReader.form(request)
        let base = OwnURL.base(publicURL, request)
        return try await FormPage.answer {
            try await RequestSignIn(context)(email: form["email"] ?? "", client: SignInClient(request, api)) { token in
                "\(base)/auth/verify?token=\(token)"
            }
            return HTMLPage.response("Look at your mail", body: "<p>Open the link there. It works for 15 minutes.</p>")
        }
    }

    @Sendable private func askWhether(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response(
            "Sign in to Sautikit",
            body: FormPage.button("Sign in", "/auth/verify", FormPage.token(request))
        )
    }

    @Sendable private func redeem(_ request: Request, _ api: APIContext) async throws -> Response {
        let form = try await BodyReader.form(request)
        return try await FormPage.answer {
            let done = try await signIn.redeem(form["token"] ?? "", request, api)
            var body = "<p>As \(HTMLPage.escaped(done.user.email)). This browser may now ask the API for you.</p>"
            switch done.invitation {
            case .success?: body += "<p>You have joined the workspace that you were invited to.</p>"
            case .failure(let refusal)?: body += "<p>\(HTMLPage.escaped(refusal.message))</p>"
            case nil: break
            }
            var response = HTMLPage.response("You are signed in", body: body)
            for cookie in done.cookies { response.setCookie(cookie) }
            return response
        }
    }

    @Sendable private func showInvitation(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response(
            "You are invited to a workspace",
            body: FormPage.button("Join the workspace", "/auth/invite", FormPage.token(request))
        )
    }

    @Sendable private func accept(_ request: Request, _ api: APIContext) async throws -> Response {
        let token = try await BodyReader.form(request)["token"] ?? ""
        return try await FormPage.answer {
            let session = try await signIn.requireSession(request, for: token)
            _ = try await AcceptInvitation(context.asked(by: api.asker(session)))(session, token: token)
            return HTMLPage.response("You have joined the workspace", body: "<p>It is the active one now.</p>")
        }
    }
}
