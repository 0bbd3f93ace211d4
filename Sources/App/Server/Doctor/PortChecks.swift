import Glibc
import NIOCore
import NIOPosix

/// Whether the ports are free, or used by a server that is running already.
struct PortChecks {
    private let configuration: ServerConfiguration
    private let group = MultiThreadedEventLoopGroup.singleton

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        if configuration.roles.contains(.api) {
            findings.append(await check("HTTP", configuration.http, .httpAddress) { try await bindTCP($0) })
        }
        if configuration.roles.contains(.voice) {
            findings.append(await check("SIP over UDP", configuration.sip, .sipAddress) { try await bindUDP($0) })
            findings.append(await check("SIP over TCP", configuration.sip, .sipAddress) { try await bindTCP($0) })
            if let port = configuration.browsers.tcpPort, port > 0 {
                let door = HostPort(host: configuration.sip.host, port: port)
                findings.append(await check("ICE over TCP", door, .iceTCPPort) { try await bindTCP($0) })
            }
            findings.append(await media())
        }
        return findings
    }

    private func check(
        _ subject: String,
        _ address: HostPort,
        _ setting: Setting,
        bind: (HostPort) async throws -> Void
    ) async -> Finding {
        do {
            try await bind(address)
            return .fine(subject, "\(address) is free")
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            return .note(
                subject,
                "\(address) is in use",
                "fine when a server runs already; else choose another with \(setting.environmentName)"
            )
        } catch {
            return .wrong(subject, "\(address) cannot be bound: \(error)", "choose another: \(setting.environmentName)")
        }
    }

    private func media() async -> Finding {
        let calls = (configuration.rtpPorts.count) / 2
        let first = HostPort(host: configuration.sip.host, port: configuration.rtpPorts.lowerBound)
        guard calls >= 2 else {
            return .wrong("RTP", "\(configuration.rtpPorts) is not enough for a call", "widen SAUTIKIT_RTP_PORTS")
        }
        do {
            try await bindUDP(first)
            return .fine("RTP", "\(first) is free; room for \(calls) calls")
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            return .note("RTP", "\(first) is in use", "fine when a server runs already; others are tried")
        } catch {
            return .wrong("RTP", "\(first) cannot be bound: \(error)", "choose an address of this machine")
        }
    }

    private func bindTCP(_ address: HostPort) async throws {
        try await ServerBootstrap(group: group).bind(host: address.host, port: address.port).get().close().get()
    }

    private func bindUDP(_ address: HostPort) async throws {
        try await DatagramBootstrap(group: group).bind(host: address.host, port: address.port).get().close().get()
    }
}
