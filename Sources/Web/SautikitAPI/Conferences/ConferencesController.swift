import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/conferences` (facts section 7.8).
struct ConferencesController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list)
        group.resource("{room}", get: get)
        group.resource("{room}/commands", post: command)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let query = request.uri.queryParameters
        let page = try await ReadConferences(context)
            .page(
                workspaceID: principal.workspaceID,
                isLive: try Self.isLive(query),
                before: try Query.cursor(query),
                limit: try Query.integer(query, "limit", in: 1...100, default: 25)
            )
        return APIResponse.json(ConferenceResponses.page(page.conferences, hasMore: page.hasMore))
    }

    private static func isLive(_ query: Parameters) throws(PlatformError) -> Bool {
        switch try Query.text(query, "status") ?? "live" {
        case "live": return true
        case "completed": return false
        default: throw PlatformError(.requestInvalid, "'status' is live or completed.", field: "status")
        }
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let found = try await ReadConferences(context).one(
            try api.requireReference("room"),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(ConferenceResponses.one(found.conference, found.participants))
    }

    @Sendable private func command(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsWrite)
        let wish = try ConferenceCommandRequest.read(try await BodyReader.object(request).document)
        let conference = try await CommandConference(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            room: try api.requireReference("room"),
            act: wish.act,
            participant: wish.participant,
            callbackURL: wish.callbackURL
        )
        return APIResponse.json(
            ["conference_id": .string(conference.id.conferenceID), "status": "accepted"],
            status: .accepted
        )
    }
}
