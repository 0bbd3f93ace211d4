import Foundation

/// NSD, a name server that nobody here wrote, with one zone on loopback.
package final class NameServerProgram: Sendable {
    /// The zone's name.
    package static let zone = "voice.test"

    /// Where it answers, as the setting of name servers wants it.
    package let address: String
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// Starts a server that has these records, in the words of a zone file: `_sip._udp 60 SRV 10 50 5060 a`.
    ///
    /// - Throws: `CommandError` when it cannot be started; `WaitingTimeout` when it is not ready in time.
    package init(_ records: String) async throws {
        let port = FreePort.any()
        address = "127.0.0.1:\(port)"
        folder = try TemporaryFolder("nsd")
        let head = "$ORIGIN \(Self.zone).\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n"
        try (head + records + "\n").write(to: folder.url.appending(path: "zone"), atomically: true, encoding: .utf8)
        let settings = """
            server:
              ip-address: 127.0.0.1@\(port)
              username: ""
              database: ""
              server-count: 1
              hide-version: yes
              zonesdir: "\(folder.url.path)"
              zonelistfile: "\(folder.path("zones"))"
              xfrdfile: "\(folder.path("xfrd"))"
              pidfile: "\(folder.path("pid"))"
            remote-control:
              control-enable: no
            zone:
              name: \(Self.zone)
              zonefile: zone
            """
        try settings.write(to: folder.url.appending(path: "nsd.conf"), atomically: true, encoding: .utf8)
        // It has processes of its own, which end with it.
        program = try RunningProgram("/usr/sbin/nsd", ["-d", "-c", folder.path("nsd.conf")], leadsGroup: true)
        let program = program
        try await Waiting.until { program.output.contains("nsd started") ? true : nil }
    }
}
