import HTTPTypes
import Hummingbird
import Platform
import WebSupport

/// `/v1/calls/{id}/…`: what is done to calls that are up.
struct LiveCallsController {
    let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("{id}/hangup", post: hangUp)
        group.resource("{id}/actions", post: steer)
        group.resource("{id}/commands", post: command)
    }

    @Sendable private func hangUp(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let call = try await RequestHangup(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference()
        )
        return APIResponse.json(["call_id": .string(call.id.callID), "status": "hung_up"])
    }

    @Sendable private func steer(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let call = try await SteerCall(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference(),
            actions: try SteerCallRequest.read(try await BodyReader.object(request).document)
        )
        return APIResponse.json(["call_id": .string(call.id.callID), "status": "steered"], status: .accepted)
    }

    @Sendable private func command(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let context = context.asked(by: api.asker)
        let reference = try api.requireReference()
        let wish = try CallCommandRequest.read(try await BodyReader.object(request).document)
        let call =
            switch wish {
            case .command(let command):
                try await CommandCall(context)(
                    workspaceID: principal.workspaceID,
                    reference: reference,
                    command: command
                )
            case .actions(let actions):
                try await SteerCall(context)(
                    workspaceID: principal.workspaceID,
                    reference: reference,
                    actions: actions,
                    field: "action"
                )
            }
        return APIResponse.json(["call_id": .string(call.id.callID), "status": "accepted"], status: .accepted)
    }

    private func principal(_ api: APIContext) throws(PlatformError) -> Principal {
        let principal = try api.requirePrincipal()
        try principal.require(.callsWrite)
        return principal
    }
}
