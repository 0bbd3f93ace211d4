import HTTPTypes
import Platform

extension RouteAccess {
    static let calls =
        ["/v1/calls", "/v1/calls/originate"].map { path in
            RouteAccess(
                method: .post,
                path: path,
                who: .scope(.callsWrite),
                worksSuspended: false,
                body: #"{"from": "+254200000001", "to": "+254712345678"}"#
            )
        } + [
            RouteAccess(method: .get, path: "/v1/calls", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/calls/stats", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/calls/export", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/calls/{id}", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/calls/{id}/events", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/calls/{id}/recording", who: .scope(.callsRead)),
            RouteAccess(
                method: .delete,
                path: "/v1/calls/{id}/recording",
                who: .scope(.callsWrite),
                worksSuspended: false
            ),
            RouteAccess(method: .get, path: "/v1/calls/{id}/recordings", who: .scope(.callsRead)),
            RouteAccess(method: .post, path: "/v1/voice-actions/validate", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/storage", who: .scope(.walletRead)),
            RouteAccess(method: .get, path: "/v1/storage/tier", who: .scope(.walletRead)),
            RouteAccess(method: .get, path: "/v1/storage/retention", who: .scope(.callsRead)),
            RouteAccess(
                method: .patch,
                path: "/v1/storage/retention",
                who: .scope(.callsWrite),
                worksSuspended: false,
                body: #"{"retention_days": 30}"#
            ),
            // To end a call is to spend less.
            RouteAccess(method: .get, path: "/v1/calls/{id}/timeline", who: .scope(.callsRead)),
            RouteAccess(method: .post, path: "/v1/calls/{id}/hangup", who: .scope(.callsWrite)),
            RouteAccess(
                method: .post,
                path: "/v1/calls/{id}/actions",
                who: .scope(.callsWrite),
                worksSuspended: false,
                body: #"{"actions": []}"#
            ),
            RouteAccess(
                method: .post,
                path: "/v1/calls/{id}/commands",
                who: .scope(.callsWrite),
                worksSuspended: false,
                body: #"{"command": "hold"}"#
            ),
            RouteAccess(method: .get, path: "/v1/conferences", who: .scope(.callsRead)),
            RouteAccess(method: .get, path: "/v1/conferences/{room}", who: .scope(.callsRead)),
            RouteAccess(
                method: .post,
                path: "/v1/conferences/{room}/commands",
                who: .scope(.callsWrite),
                worksSuspended: false,
                body: #"{"command": "end"}"#
            ),
            RouteAccess(method: .get, path: "/v1/wallet", who: .scope(.walletRead)),
            RouteAccess(method: .get, path: "/v1/wallet/balance", who: .scope(.walletRead)),
        ]
}
