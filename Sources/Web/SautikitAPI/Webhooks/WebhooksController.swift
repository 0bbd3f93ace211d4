import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/webhooks`: who is told of what, what became of it, and telling it again.
struct WebhooksController {
    private static let dayOfSeconds: Int64 = 86_400

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: create)
        group.resource("{id}", get: get, patch: change, delete: delete)
        group.resource("{id}/rotate-secret", post: rotate)
        group.resource("{id}/test", post: test)
        group.resource("{id}/deliveries", get: deliveries)
        group.resource("{id}/replay", post: replayWindow)
        group.resource("deliveries/{id}", get: delivery)
        group.resource("deliveries/{id}/replay", post: replayOne)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let found = try await ManageSubscriptions(context).all(workspaceID: try workspace(api))
        return APIResponse.json(["data": .array(found.map(WebhookResponses.subscription))])
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let (url, events) = (reader.string("url"), reader.optionalStrings("events") ?? ["*"])
        try reader.finish()
        let created = try await CreateSubscription(context.asked(by: api.asker))(
            workspaceID: workspaceID,
            url: url,
            events: events,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            WebhookResponses.created(created),
            status: .created,
            headers: Idempotency.headers(isReplay: created.isReplay)
        )
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let id = try api.requireID(.webhookNotFound)
        let found = try await ManageSubscriptions(context).one(id, workspaceID: workspaceID)
        return APIResponse.json(WebhookResponses.subscription(found))
    }

    @Sendable private func change(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let id = try api.requireID(.webhookNotFound)
        var reader = FieldReader(try await BodyReader.object(request).document)
        var change = ManageSubscriptions.Change()
        change.url = reader.optionalString("url")
        change.events = reader.optionalStrings("events")
        change.isEnabled = reader.raw("enabled") == nil ? nil : reader.bool("enabled")
        try reader.finish()
        let changed = try await ManageSubscriptions(context.asked(by: api.asker)).change(
            id,
            workspaceID: workspaceID,
            change
        )
        return APIResponse.json(WebhookResponses.subscription(changed))
    }

    @Sendable private func delete(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let id = try api.requireID(.webhookNotFound)
        try await ManageSubscriptions(context.asked(by: api.asker)).delete(id, workspaceID: workspaceID)
        return APIResponse.json(["id": .string(id.uuidString), "status": "deleted"])
    }

    @Sendable private func rotate(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let id = try api.requireID(.webhookNotFound)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let overlap = reader.optionalInteger("overlap_seconds") ?? Self.dayOfSeconds
        try reader.finish()
        let rotated = try await ManageSubscriptions(context.asked(by: api.asker)).rotateSecret(
            id,
            workspaceID: workspaceID,
            // More than fits is more than allowed, too.
            overlap: .seconds(min(max(overlap, -1), 1 << 40)),
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            WebhookResponses.created(rotated),
            headers: Idempotency.headers(isReplay: rotated.isReplay)
        )
    }

    @Sendable private func test(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let body = try await BodyReader.object(request)
        let sent = try await SendTestEvent(context.asked(by: api.asker))(
            try api.requireID(.webhookNotFound),
            workspaceID: workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            ["event_id": .string(sent.eventID.uuidString), "kind": .string(EventPattern.test)],
            status: .accepted,
            headers: Idempotency.headers(isReplay: sent.isReplay)
        )
    }

    @Sendable private func deliveries(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let query = request.uri.queryParameters
        let page = try await ReadDeliveries(context).page(
            subscriptionID: try api.requireID(.webhookNotFound),
            workspaceID: workspaceID,
            before: try Query.cursor(query),
            limit: try Query.integer(query, "limit", in: 1...100, default: 25)
        )
        return APIResponse.json(WebhookResponses.page(page.deliveries, hasMore: page.hasMore))
    }

    @Sendable private func delivery(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let found = try await ReadDeliveries(context).one(
            try api.requireID(.deliveryNotFound),
            workspaceID: workspaceID
        )
        return APIResponse.json(try WebhookResponses.delivery(found.delivery, found.event, found.attempts))
    }

    @Sendable private func replayOne(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let body = try await BodyReader.object(request)
        let replayed = try await ReplayDeliveries(context.asked(by: api.asker)).one(
            try api.requireID(.deliveryNotFound),
            workspaceID: workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            ["delivery_id": .string(replayed.deliveryID.uuidString), "status": "pending"],
            status: .accepted,
            headers: Idempotency.headers(isReplay: replayed.isReplay)
        )
    }

    @Sendable private func replayWindow(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(api)
        let id = try api.requireID(.webhookNotFound)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let (from, to) = (reader.moment("from"), reader.moment("to"))
        try reader.finish()
        let replayed = try await ReplayDeliveries(context.asked(by: api.asker)).window(
            subscriptionID: id,
            workspaceID: workspaceID,
            from: from,
            to: to,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            ["count": .integer(Int64(replayed.count)), "next_from": JSONValue(replayed.next)],
            status: .accepted,
            headers: Idempotency.headers(isReplay: replayed.isReplay)
        )
    }

    private func workspace(_ api: APIContext) throws(PlatformError) -> Identifier {
        let principal = try api.requirePrincipal()
        try principal.require(.webhooksManage)
        return principal.workspaceID
    }
}
