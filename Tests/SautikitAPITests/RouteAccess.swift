import HTTPTypes
import Platform

/// Who may use a route: the table that the authorisation matrix is made of. A route that is not in it fails a test.
struct RouteAccess: Sendable {
    enum Who: Sendable, Equatable {
        /// Anybody, without a key.
        case anybody
        /// Whoever has a scope, a key or a person.
        case scope(Scope)
        /// Any key, and nobody else.
        case key
        /// Any person who has signed in, and no key.
        case person
        /// A member for themselves, an owner for all, a key with the scope.
        case selfOr(Scope)
    }

    let method: HTTPRequest.Method
    let path: String
    let who: Who
    /// Whether a suspended workspace may.
    var worksSuspended = true
    /// What a right request has behind its path.
    var query = ""
    /// What a right request carries, where an empty one would be refused.
    var body = "{}"
    /// What that is.
    var contentType = "application/json"

    static let all: [RouteAccess] =
        [
            RouteAccess(method: .get, path: "/health", who: .anybody),
            RouteAccess(method: .get, path: "/metrics", who: .anybody),
            RouteAccess(method: .get, path: "/v1/public/pricing", who: .anybody),
            RouteAccess(method: .get, path: "/v1/openapi.json", who: .anybody),
            RouteAccess(method: .get, path: "/v1/voice-actions/schema.json", who: .anybody),
            RouteAccess(method: .get, path: "/llms.txt", who: .anybody),
            RouteAccess(method: .get, path: "/browser/config.json", who: .anybody),
            RouteAccess(method: .get, path: "/docs", who: .anybody),
            RouteAccess(method: .get, path: "/docs/errors", who: .anybody),
            RouteAccess(method: .get, path: "/docs/build-with-ai.md", who: .anybody),
            RouteAccess(method: .get, path: "/docs/assets/{file}", who: .anybody),
            RouteAccess(method: .get, path: "/v1/recordings/{file}", who: .anybody),
            RouteAccess(method: .get, path: "/v1/uploads/files/{file}", who: .anybody),
            RouteAccess(method: .get, path: "/auth/sign-in", who: .anybody),
            RouteAccess(method: .post, path: "/auth/sign-in", who: .anybody),
            RouteAccess(method: .get, path: "/auth/verify", who: .anybody),
            RouteAccess(method: .post, path: "/auth/verify", who: .anybody),
            RouteAccess(method: .get, path: "/auth/invite", who: .anybody),
            RouteAccess(method: .post, path: "/auth/invite", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/magic-link", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/magic-link/request", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/magic-link/verify", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/verify", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/invite/accept", who: .anybody),
            RouteAccess(method: .post, path: "/v1/auth/invitations/accept", who: .anybody),
            RouteAccess(method: .get, path: "/v1/me", who: .person),
            RouteAccess(method: .post, path: "/v1/workspaces", who: .person),
            RouteAccess(method: .post, path: "/v1/auth/onboarding", who: .person),
            RouteAccess(method: .post, path: "/v1/auth/workspace", who: .person),
            RouteAccess(method: .post, path: "/v1/auth/sign-out", who: .person),
            RouteAccess(method: .post, path: "/v1/auth/sign-out-everywhere", who: .person),
        ] + people + keys + numbers + ports + calls + uploads + webhooks + money + alerts

    private static let alerts =
        ["confirm", "stop"].flatMap { page in
            [HTTPRequest.Method.get, .post].map { RouteAccess(method: $0, path: "/alerts/\(page)", who: .anybody) }
        }
        + [HTTPRequest.Method.put, .patch].map { method in
            RouteAccess(
                method: method,
                path: "/v1/wallet/threshold",
                who: .scope(.walletWrite),
                worksSuspended: false,
                body: #"{"threshold_minor": 0}"#
            )
        } + [
            RouteAccess(method: .get, path: "/v1/wallet/alerts", who: .scope(.walletRead)),
            RouteAccess(
                method: .put,
                path: "/v1/wallet/alerts",
                who: .scope(.walletWrite),
                worksSuspended: false,
                body: #"{"thresholds_minor": []}"#
            ),
            RouteAccess(method: .get, path: "/v1/wallet/alerts/recipients", who: .scope(.walletRead)),
            RouteAccess(
                method: .post,
                path: "/v1/wallet/alerts/recipients",
                who: .scope(.walletWrite),
                worksSuspended: false,
                body: #"{"email": "guest@example.com"}"#
            ),
            RouteAccess(
                method: .delete,
                path: "/v1/wallet/alerts/recipients/{id}",
                who: .scope(.walletWrite),
                worksSuspended: false
            ),
            RouteAccess(
                method: .post,
                path: "/v1/wallet/alerts/recipients/{id}/resend",
                who: .scope(.walletWrite),
                worksSuspended: false
            ),
        ]

    private static let money = [
        RouteAccess(method: .get, path: "/v1/test/clock", who: .scope(.walletRead)),
        RouteAccess(
            method: .post,
            path: "/v1/test/clock/advance",
            who: .scope(.walletWrite),
            worksSuspended: false,
            body: #"{"seconds": 60}"#
        ),
        RouteAccess(method: .get, path: "/v1/topups", who: .scope(.walletRead)),
        RouteAccess(
            method: .post,
            path: "/v1/topups",
            who: .scope(.walletWrite),
            worksSuspended: false,
            body: #"{"amount_minor": 10000, "phone_e164": "+254700000001"}"#
        ),
        RouteAccess(method: .get, path: "/v1/rates", who: .scope(.walletRead), query: "?to=%2B256772123456"),
        RouteAccess(method: .get, path: "/v1/topups/{id}", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/limits", who: .scope(.walletRead)),
        RouteAccess(method: .post, path: "/v1/sip/token", who: .scope(.webrtcToken), worksSuspended: false),
        RouteAccess(method: .post, path: "/v1/webrtc/token", who: .scope(.webrtcToken), worksSuspended: false),
        RouteAccess(method: .get, path: "/v1/browser/origins", who: .scope(.webrtcToken)),
        RouteAccess(
            method: .put,
            path: "/v1/browser/origins",
            who: .scope(.workspaceManage),
            worksSuspended: false,
            body: #"{"allowed_origins": []}"#
        ),
        RouteAccess(
            method: .patch,
            path: "/v1/limits",
            who: .scope(.workspaceManage),
            worksSuspended: false,
            body: #"{"calls_per_second": 5}"#
        ),
        RouteAccess(method: .get, path: "/v1/wallet/transactions", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/wallet/transactions/export", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/wallet/statements", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/wallet/statements/{month}", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/wallet/checkpoints/key", who: .scope(.walletRead)),
        RouteAccess(method: .get, path: "/v1/wallet/checkpoints/{month}", who: .scope(.walletRead)),
    ]

    private static let people = [
        RouteAccess(method: .get, path: "/v1/members", who: .scope(.membersRead)),
        RouteAccess(
            method: .patch,
            path: "/v1/members/{id}",
            who: .scope(.membersManage),
            worksSuspended: false,
            body: #"{"role": "owner"}"#
        ),
        RouteAccess(method: .delete, path: "/v1/members/{id}", who: .selfOr(.membersManage), worksSuspended: false),
        RouteAccess(method: .get, path: "/v1/invitations", who: .scope(.membersRead)),
        RouteAccess(
            method: .post,
            path: "/v1/invitations",
            who: .scope(.membersManage),
            worksSuspended: false,
            body: #"{"email": "x@example.com"}"#
        ),
        RouteAccess(method: .delete, path: "/v1/invitations/{id}", who: .scope(.membersManage), worksSuspended: false),
        RouteAccess(
            method: .post,
            path: "/v1/invitations/{id}/resend",
            who: .scope(.membersManage),
            worksSuspended: false
        ),
    ]

    private static let keys = [
        RouteAccess(method: .get, path: "/v1/api-keys", who: .scope(.keysManage)),
        RouteAccess(
            method: .post,
            path: "/v1/api-keys",
            who: .scope(.keysManage),
            worksSuspended: false,
            body: #"{"name": "x"}"#
        ),
        RouteAccess(method: .get, path: "/v1/api-keys/self", who: .key),
        RouteAccess(method: .get, path: "/v1/api-keys/{id}", who: .scope(.keysManage)),
        RouteAccess(
            method: .patch,
            path: "/v1/api-keys/{id}",
            who: .scope(.keysManage),
            worksSuspended: false,
            body: #"{"name": "x"}"#
        ),
        // A leaked key must be stopped, whatever else is the matter.
        RouteAccess(method: .delete, path: "/v1/api-keys/{id}", who: .scope(.keysManage)),
        RouteAccess(method: .post, path: "/v1/api-keys/{id}/rotate", who: .scope(.keysManage), worksSuspended: false),
    ]

    private static let numbers =
        ["/v1/numbers", "/v1/numbers/claim", "/v1/numbers/available/claim"].map { path in
            RouteAccess(
                method: .post,
                path: path,
                who: .scope(.numbersClaim),
                worksSuspended: false,
                body: #"{"number": "+254200000002"}"#
            )
        } + [
            RouteAccess(method: .get, path: "/v1/numbers", who: .scope(.numbersRead)),
            RouteAccess(method: .get, path: "/v1/numbers/available", who: .scope(.numbersRead)),
            RouteAccess(
                method: .post,
                path: "/v1/numbers/{id}/claim",
                who: .scope(.numbersClaim),
                worksSuspended: false
            ),
            RouteAccess(method: .get, path: "/v1/numbers/{id}", who: .scope(.numbersRead)),
            RouteAccess(method: .get, path: "/v1/numbers/{id}/registrations", who: .scope(.numbersRead)),
            RouteAccess(method: .get, path: "/v1/numbers/{id}/sip-credentials", who: .scope(.numbersRead)),
            RouteAccess(
                method: .post,
                path: "/v1/numbers/{id}/sip-credentials",
                who: .scope(.numbersClaim),
                worksSuspended: false,
                body: #"{"label": "x"}"#
            ),
            RouteAccess(
                method: .post,
                path: "/v1/numbers/{id}/sip-credentials/{credential_id}/rotate",
                who: .scope(.numbersClaim),
                worksSuspended: false
            ),
            // A leaked password must be stopped, whatever else is the matter.
            RouteAccess(
                method: .delete,
                path: "/v1/numbers/{id}/sip-credentials/{credential_id}",
                who: .scope(.numbersClaim)
            ),
            RouteAccess(method: .patch, path: "/v1/numbers/{id}", who: .scope(.numbersClaim), worksSuspended: false),
            RouteAccess(method: .delete, path: "/v1/numbers/{id}", who: .scope(.numbersClaim), worksSuspended: false),
            RouteAccess(method: .get, path: "/v1/numbers/{id}/routing", who: .scope(.numbersRead)),
            RouteAccess(
                method: .put,
                path: "/v1/numbers/{id}/routing",
                who: .scope(.numbersClaim),
                worksSuspended: false
            ),
            RouteAccess(
                method: .patch,
                path: "/v1/numbers/{id}/routing",
                who: .scope(.numbersClaim),
                worksSuspended: false
            ),
        ]

    private static let ports = [
        RouteAccess(method: .get, path: "/v1/port-requests", who: .scope(.numbersRead)),
        RouteAccess(
            method: .post,
            path: "/v1/port-requests",
            who: .scope(.numbersClaim),
            worksSuspended: false,
            body: #"{"numbers": ["+254201111111"], "carrier": "x", "account_holder": "x"}"#
        ),
        RouteAccess(method: .get, path: "/v1/port-requests/{id}", who: .scope(.numbersRead)),
        RouteAccess(
            method: .post,
            path: "/v1/port-requests/{id}/submit",
            who: .scope(.numbersClaim),
            worksSuspended: false
        ),
        RouteAccess(
            method: .post,
            path: "/v1/port-requests/{id}/cancel",
            who: .scope(.numbersClaim),
            worksSuspended: false
        ),
        RouteAccess(
            method: .post,
            path: "/v1/port-requests/{id}/documents",
            who: .scope(.numbersClaim),
            worksSuspended: false,
            query: "?kind=bill",
            body: "%PDF-1.4"
        ),
        RouteAccess(
            method: .get,
            path: "/v1/port-requests/{id}/documents/{document_id}",
            who: .scope(.numbersRead)
        ),
        RouteAccess(
            method: .delete,
            path: "/v1/port-requests/{id}/documents/{document_id}",
            who: .scope(.numbersClaim),
            worksSuspended: false
        ),
        RouteAccess(method: .get, path: "/v1/audit", who: .scope(.auditRead)),
        RouteAccess(method: .get, path: "/v1/usage", who: .scope(.walletRead)),
    ]

    private static let uploads = [
        RouteAccess(method: .get, path: "/v1/uploads/audio", who: .scope(.numbersRead)),
        RouteAccess(
            method: .post,
            path: "/v1/uploads/audio",
            who: .scope(.numbersClaim),
            worksSuspended: false,
            body: "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nRIFF\r\n--x--\r\n",
            contentType: "multipart/form-data; boundary=x"
        ),
        RouteAccess(method: .get, path: "/v1/uploads/audio/{id}", who: .scope(.numbersRead)),
        RouteAccess(
            method: .delete,
            path: "/v1/uploads/audio/{id}",
            who: .scope(.numbersClaim),
            worksSuspended: false
        ),
    ]

    private static let webhooks = [
        RouteAccess(method: .get, path: "/v1/webhooks", who: .scope(.webhooksManage)),
        RouteAccess(
            method: .post,
            path: "/v1/webhooks",
            who: .scope(.webhooksManage),
            worksSuspended: false,
            body: #"{"url": "https://x.example/"}"#
        ),
        RouteAccess(method: .get, path: "/v1/webhooks/{id}", who: .scope(.webhooksManage)),
        RouteAccess(method: .patch, path: "/v1/webhooks/{id}", who: .scope(.webhooksManage), worksSuspended: false),
        RouteAccess(method: .delete, path: "/v1/webhooks/{id}", who: .scope(.webhooksManage), worksSuspended: false),
        RouteAccess(
            method: .post,
            path: "/v1/webhooks/{id}/rotate-secret",
            who: .scope(.webhooksManage),
            worksSuspended: false
        ),
        RouteAccess(method: .post, path: "/v1/webhooks/{id}/test", who: .scope(.webhooksManage), worksSuspended: false),
        RouteAccess(method: .get, path: "/v1/webhooks/{id}/deliveries", who: .scope(.webhooksManage)),
        RouteAccess(
            method: .post,
            path: "/v1/webhooks/{id}/replay",
            who: .scope(.webhooksManage),
            worksSuspended: false,
            body: #"{"from": "2026-06-27T09:00:00Z", "to": "2026-06-27T11:00:00Z"}"#
        ),
        RouteAccess(method: .get, path: "/v1/webhooks/deliveries/{id}", who: .scope(.webhooksManage)),
        RouteAccess(
            method: .post,
            path: "/v1/webhooks/deliveries/{id}/replay",
            who: .scope(.webhooksManage),
            worksSuspended: false
        ),
        RouteAccess(method: .get, path: "/v1/events", who: .scope(.webhooksManage)),
    ]
}
