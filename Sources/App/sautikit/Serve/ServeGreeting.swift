import Server

/// What a person needs to know of a server that has started.
struct ServeGreeting: Sendable {
    private let configuration: ServerConfiguration
    private let addresses: ServerAddresses

    init(_ configuration: ServerConfiguration, _ addresses: ServerAddresses) {
        self.configuration = configuration
        self.addresses = addresses
    }

    func show() async throws {
        StandardOutput.line(Paint.bold("Sautikit"))
        var url = configuration.publicURL ?? "http://\(configuration.http)"
        if configuration.roles.contains(.api) {
            let http = try await addresses.http.value()
            StandardOutput.line("  API      http://\(http)")
            url = configuration.publicURL ?? "http://\(http)"
        }
        if configuration.roles.contains(.voice) {
            StandardOutput.line("  SIP      \(try await addresses.sip.value()) (UDP and TCP)")
            StandardOutput.line(
                "  RTP      ports \(configuration.rtpPorts.lowerBound)-\(configuration.rtpPorts.upperBound)"
            )
        }
        StandardOutput.line("  Data     \(configuration.databaseURL == nil ? configuration.dataFolder : "PostgreSQL")")
        StandardOutput.line("  Roles    \(configuration.roles.map(\.rawValue).sorted().joined(separator: ", "))")
        if configuration.isSandbox {
            try await showSandbox(url)
        } else {
            StandardOutput.line(
                "\nNext: \(Program.name) admin workspace create --help, \(Program.name) admin trunk add --help"
            )
        }
    }

    private func showSandbox(_ url: String) async throws {
        let account = try await addresses.sandbox.value()
        StandardOutput.line(
            """
              Carrier  \(try await addresses.carrier.value()) (sandbox)
              M-Pesa   http://\(try await addresses.mpesa.value()) (sandbox)
              Phone    \(url)/sandbox/phone (in your browser)

              Workspace  \(account.id)
              API key    \(account.apiKey)

            Next, in another terminal:
              \(Program.name) quickstart --url \(url)
              curl -H "Authorization: Bearer \(account.apiKey)" \(url)/v1/wallet
            """
        )
    }
}
