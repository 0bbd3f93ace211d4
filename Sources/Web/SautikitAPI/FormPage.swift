import Hummingbird
import Platform
import WebSupport

/// Pages with one button, for links in mails. Looking at a page uses nothing up, since mail programs look at links too.
enum FormPage {
    /// The token of the link that was opened.
    static func token(_ request: Request) -> String {
        String((request.uri.queryParameters.get("token") ?? "").prefix(256))
    }

    /// A button that sends a token.
    static func button(_ label: String, _ action: String, _ token: String) -> String {
        """
        <form method="post" action="\(action)"><input type="hidden" name="token" value="\(HTMLPage.escaped(token))">
        <button>\(label)</button></form>
        """
    }

    /// The page, or one that says what was refused; a person who must sign in first is led there.
    static func answer(_ make: () async throws -> Response) async throws -> Response {
        do {
            return try await make()
        } catch {
            let headed = ErrorWithHeaders(error, headers: [:])
            guard let refusal = headed.cause as? PlatformError else { throw error }
            if let path = refusal.redirectTo {
                var response = Response.redirect(to: path, type: .normal)
                response.headers.append(contentsOf: headed.headers)
                return response
            }
            let text = "<p>\(HTMLPage.escaped(refusal.message))</p>"
            var response = HTMLPage.response(
                "This did not work",
                body: text,
                status: ErrorTranslation.status(refusal.code)
            )
            for field in ErrorResponse.headers(refusal, headed.headers) { response.headers[field.name] = field.value }
            return response
        }
    }
}
