import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/sip/token`: what a workspace's server hands to a browser that is to call (seed: "Browser Calling with WebRTC").
struct SIPTokenController {
    private let context: PlatformContext
    private let keys: SIPTokenKeys

    init(_ context: PlatformContext, keys: SIPTokenKeys) {
        self.context = context
        self.keys = keys
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("token", post: mint)
    }

    @Sendable private func mint(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.webrtcToken)
        var reader = FieldReader(try await BodyReader.object(request).document)
        var wish = SIPTokenWish()
        wish.identity = reader.optionalString("identity")
        let (id, digits) = (reader.optionalString("number_id"), reader.optionalString("number"))
        if id != nil, digits != nil {
            reader.add([FieldFault("number", "Send 'number_id' or 'number', not both.")])
        }
        try reader.finish()
        wish.number = id ?? digits
        return APIResponse.token(try await MintSIPToken(context, keys: keys)(workspaceID: principal.workspaceID, wish))
    }
}
