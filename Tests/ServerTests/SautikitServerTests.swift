import Foundation
import Logging
import Server
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct SautikitServerTests {
    private func configuration(_ folder: TemporaryFolder, http port: Int = 0) -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.dataFolder = folder.path("data")
        configuration.http = HostPort(host: "127.0.0.1", port: port)
        configuration.sip = HostPort(host: "127.0.0.1", port: 0)
        configuration.rtpPorts = 34_000...34_199
        return configuration
    }

    private var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    @Test func bindsFreePortsAndEndsWhenCancelled() async throws {
        let folder = try TemporaryFolder("server")
        let server = try await SautikitServer(configuration(folder), logger: quiet)
        let running = Task { try await server.run() }
        let addresses = server.addresses
        let http = try await Waiting.within { try await addresses.http.value() }
        let sip = try await Waiting.within { try await addresses.sip.value() }
        #expect(http.port > 0)
        #expect(sip.port > 0)
        running.cancel()
        try await Waiting.within { _ = await running.result }
    }

    @Test func aTakenPortIsSaidSo() async throws {
        let folders = [try TemporaryFolder("server"), try TemporaryFolder("server")]
        let first = try await SautikitServer(configuration(folders[0]), logger: quiet)
        let running = Task { try await first.run() }
        let addresses = first.addresses
        let http = try await Waiting.within { try await addresses.http.value() }
        let second = try await SautikitServer(configuration(folders[1], http: http.port), logger: quiet)
        let fault = try await #require(throws: BindFault.self) { try await second.run() }
        #expect(fault.address == http)
        running.cancel()
        try await Waiting.within { _ = await running.result }
    }

    @Test func theDoctorFindsWhatIsWrong() async throws {
        let folder = try TemporaryFolder("doctor")
        let bad = await Doctor(SettingsSource(flags: [:], environment: ["SAUTIKIT_ROLES": "cook"])).examine()
        #expect(bad.map(\.verdict) == [.wrong])
        let lost = SettingsSource(
            flags: [.dataFolder: folder.path("data"), .databaseURL: "host=\(folder.url.path) dbname=none"],
            environment: [:]
        )
        let findings = await Doctor(lost).examine()
        #expect(findings.first { $0.subject == "database" }?.verdict == .wrong)
    }
}
