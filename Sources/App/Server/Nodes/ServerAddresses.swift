import Sandbox

/// Where a running server is reached, each part known as soon as it is bound.
package struct ServerAddresses: Sendable {
    /// HTTP, when this node has the role `api`.
    package let http = Announcement<HostPort>()
    /// SIP over UDP and TCP, when this node has the role `voice`.
    package let sip = Announcement<HostPort>()
    /// SIP over WebSocket without TLS, when it is taken.
    package let webSocket = Announcement<HostPort>()
    /// SIP over WebSocket with TLS, when it is taken.
    package let secureWebSocket = Announcement<HostPort>()
    /// The sandbox's first workspace, when the sandbox runs.
    package let sandbox = Announcement<FirstWorkspace>()
    /// The sandbox carrier's SIP address.
    package let carrier = Announcement<HostPort>()
    /// The sandbox carrier itself, whose phones can be made to call.
    let telephones = Announcement<SandboxCarrier>()
    /// The sandbox's M-Pesa, when the sandbox runs.
    package let mpesa = Announcement<HostPort>()
    /// The sandbox mailbox's SMTP port, when the sandbox runs.
    package let mailbox = Announcement<HostPort>()

    /// Nothing is bound yet.
    package init() {}

    /// Where browsers connect to this process, as far as anything is bound now.
    package var browserURL: String? {
        secureWebSocket.known.map { "wss://\($0)" } ?? webSocket.known.map { "ws://\($0)" }
    }
}
