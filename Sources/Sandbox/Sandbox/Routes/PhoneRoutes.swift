import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// The web phone without a customer's server: `/sandbox/phone` opens it, `/sandbox/sip-token` gives it tokens. Both are of the
/// workspace in the query, or of the one that the sandbox starts with.
struct PhoneRoutes {
    private let context: PlatformContext
    private let tokens: SIPTokenKeys
    private let home: Identifier

    init(_ context: PlatformContext, tokens: SIPTokenKeys, home: Identifier) {
        self.context = context
        self.tokens = tokens
        self.home = home
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("phone", get: phone)
        group.resource("sip-token", get: token, post: token)
    }

    /// The page calls from the workspace's first number; a workspace without one gets one.
    @Sendable private func phone(_ request: Request, _ api: APIContext) async throws -> Response {
        let workspaceID = try workspace(request)
        let owned = try await ListNumbers(context).owned(by: workspaceID).first(where: \.isInService)
        let number = if let owned { owned.e164 } else { try await claim(for: workspaceID) }
        // Of a query's letters only the plus would be read as something else.
        let tokens = "/sandbox/sip-token?workspace_id%3D\(workspaceID.uuidString)"
        let query = "from=%2B\(number.dropFirst())&token-url=\(tokens)"
        return Response(status: .found, headers: [.location: "/browser/phone/?\(query)"])
    }

    @Sendable private func token(_ request: Request, _ api: APIContext) async throws -> Response {
        APIResponse.token(try await MintSIPToken(context, keys: tokens)(workspaceID: try workspace(request)))
    }

    private func workspace(_ request: Request) throws -> Identifier {
        guard let text = request.uri.queryParameters.get("workspace_id") else { return home }
        guard let id = Identifier(parsing: text) else {
            throw PlatformError(.requestInvalid, "'workspace_id' is not an id.", field: "workspace_id")
        }
        return id
    }

    private func claim(for workspaceID: Identifier) async throws -> String {
        guard let free = try await ListNumbers(context).available().first else {
            throw PlatformError(.numberNotFound, "The sandbox has no number left. Release one of yours.")
        }
        return try await ClaimNumber(context)(workspaceID: workspaceID, wanted: .id(free.id)).number.e164
    }
}
