import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/webrtc/token`: the same for the official SDK, in its words (facts section 14).
struct WebRTCTokenController {
    private let context: PlatformContext
    private let keys: SIPTokenKeys
    private let endpoint: @Sendable () -> String?

    /// - Parameter endpoint: where browsers connect; nil when this server has no gateway.
    init(_ context: PlatformContext, keys: SIPTokenKeys, endpoint: @escaping @Sendable () -> String?) {
        self.context = context
        self.keys = keys
        self.endpoint = endpoint
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("token", post: mint)
    }

    @Sendable private func mint(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.webrtcToken)
        var reader = FieldReader(try await BodyReader.object(request).document)
        var wish = SIPTokenWish()
        wish.names = (identity: "client_name", number: "tenant_number_id")
        wish.lifetime = SIPToken.longestLifetime
        wish.identity = reader.optionalString("client_name")
        // Those of the SDK that name both mean one number.
        let (id, digits) = (reader.optionalString("tenant_number_id"), reader.optionalString("phone_number"))
        wish.number = id ?? digits
        if let role = reader.optionalString("role"), role != "dialer" {
            reader.add([FieldFault("role", "'role' must be \"dialer\": there is no other yet.")])
        }
        try reader.finish()
        let minted = try await MintSIPToken(context, keys: keys)(workspaceID: principal.workspaceID, wish)
        return APIResponse.json(answer(minted))
    }

    private func answer(_ minted: MintSIPToken.Minted) -> JSONValue {
        let token = minted.token
        return [
            "token": .string(minted.text), "endpoint": JSONValue(endpoint()), "protocol": "sip",
            "clientName": .string(token.user),
            "sipProfile": [
                "username": .string(token.user), "realm": .string(token.workspaceID.uuidString),
                "phoneNumber": JSONValue(token.number),
            ],
            // Our side has an address of its own, so nobody needs a server to find out theirs.
            "turnServer": ["iceServers": .array([])],
            "expiresIn": .integer((token.expiresAt - token.issuedAt).components.seconds),
        ]
    }
}
