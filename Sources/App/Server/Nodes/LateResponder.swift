import Hummingbird
import WebSupport

/// Answers with routes that are made only when the port is known, since links in answers name it.
struct LateResponder: HTTPResponder {
    let routes: Announcement<RouterResponder<APIContext>>

    @concurrent func respond(to request: Request, context: APIContext) async throws -> Response {
        try await routes.value().respond(to: request, context: context)
    }
}
