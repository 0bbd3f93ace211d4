import Sandbox

/// Where a running server is reached, each part known as soon as it is bound.
package struct ServerAddresses: Sendable {
    /// HTTP, when this node has the role `api`.
    package let http = Announcement<HostPort>()
    /// SIP over UDP and TCP, when this node has the role `voice`.
    package let sip = Announcement<HostPort>()
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
}
