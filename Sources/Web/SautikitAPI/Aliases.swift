import Hummingbird

/// Other names that real clients use (facts sections 7, 11 and 13): the one table of this dialect.
enum Aliases {
    /// Other names of a body's fields, in the order to look.
    static let fields: [String: [String]] = [
        "number": ["e164", "phone_number"],
        "inventory_id": ["number_id"],
        "voice_callback_url": ["voice_url", "routing_url"],
        "voice_signing_secret": ["signing_secret"],
        "events_url": ["status_url"],
        "fallback_url": ["voice_fallback_url"],
        "client_request_id": ["clientRequestId"],
        "caller_id": ["callerId"],
    ]

    /// Below `/v1/calls`: places a call, as `POST /v1/calls` does.
    static let placeCall: [RouterPath] = ["originate"]
    /// Below `/v1/numbers`: claim a number, as `POST /v1/numbers` does; `{id}` stands for the body's `inventory_id`.
    static let claimNumber: [RouterPath] = ["claim", "available/claim", "{id}/claim"]
    /// Below `/v1/numbers`: where a number's calls and events go, as `PATCH /v1/numbers/{id}/routing` changes it.
    static let routeNumber: [RouterPath] = ["{id}/routing"]
    /// Below `/v1/wallet`: the wallet, as `GET /v1/wallet` shows it.
    static let wallet: [RouterPath] = ["balance"]
    /// Below `/v1/storage`: what recordings take up, as `GET /v1/storage` shows it. There is one tier.
    static let storage: [RouterPath] = ["tier"]
    /// Below `/v1/auth`: sends a link to sign in. The documents do not name the path.
    static let requestSignIn: [RouterPath] = ["magic-link", "magic-link/request"]
    /// Below `/v1/auth`: signs in with a link's token.
    static let redeemSignIn: [RouterPath] = ["magic-link/verify", "verify"]
    /// Below `/v1/auth`: joins the workspace of an invitation.
    static let acceptInvitation: [RouterPath] = ["invite/accept", "invitations/accept"]
}
