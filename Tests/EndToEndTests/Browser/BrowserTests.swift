import Foundation
import TestSupport
import Testing

/// The browser SDK and the web phone in Chromium, with a microphone that plays a tone, through Kamailio and rtpengine to baresip:
/// neither gateway nor telephone were written here. The scripts beside this file say what is done, step by step.
@Suite(.serialized, .timeLimit(.minutes(15))) struct BrowserTests {
    @Test(arguments: ["calls.mjs", "phone.mjs", "readme.mjs"])
    func chromiumCallsThroughAnIndependentGateway(script: String) async throws {
        try await run(script)
    }

    /// The same SDK, with our own server for the gateway and its media.
    @Test func chromiumCallsThroughOurServer() async throws {
        try await callThroughOurServer(TestServer(settings: ["SAUTIKIT_ICE_TCP_PORT": "0"]))
    }

    /// The same in Firefox, which sends no sound to loopback: it goes by another address of this machine, if there is one.
    @Test(.enabled(if: OwnAddress.beyondLoopback != nil, "every address of this machine is loopback"))
    func firefoxCallsThroughOurServer() async throws {
        let address = try #require(OwnAddress.beyondLoopback)
        let server = try await TestServer(
            sipHost: "0.0.0.0",
            settings: [
                "SAUTIKIT_SIP_ADVERTISED_HOST": "127.0.0.1", "SAUTIKIT_MEDIA_ADDRESS": address,
                "SAUTIKIT_ICE_TCP_PORT": "0",
            ]
        )
        try await callThroughOurServer(server, ["TEST_BROWSER": "firefox"])
    }

    private func callThroughOurServer(_ server: TestServer, _ more: [String: String] = [:]) async throws {
        let customer = try await Customer(server)
        let (phone, sipp) = (FreePort.any(), FreePort.any())
        try await customer.addTrunk(port: phone)
        _ = try await server.admin(
            "trunk",
            "add",
            "--name",
            "sipp",
            "--address",
            "127.0.0.1:\(sipp)",
            "--transport",
            "udp",
            "--prefix",
            "+254733",
            "--priority",
            "0"
        )
        let more = more.merging(["TEST_SIPP_PORT": "\(sipp)"]) { _, new in new }
        try await run("own.mjs", environment: Self.environment(customer, phone: phone, more: more))
    }

    /// The same once more, with clocks that the script moves on by minutes.
    @Test func aCallOutlivesItsTokens() async throws {
        let clock = try TemporaryFolder("clock")
        let (file, library) = (clock.path("seconds"), clock.path("moved_clock.so"))
        try Data("0\n".utf8).write(to: URL(filePath: file))
        let source = Self.scripts.appending(path: "../MovedClock/moved_clock.c").path
        try await Command.run("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"])
        let server = try await TestServer(settings: ["LD_PRELOAD": library, "MOVED_CLOCK_FILE": file])
        let customer = try await Customer(server)
        let phone = FreePort.any()
        try await customer.addTrunk(port: phone)
        let environment = Self.environment(customer, phone: phone, more: ["TEST_CLOCK_FILE": file])
        try await run("long.mjs", environment: environment)
    }

    /// The web phone that the sandbox serves.
    @Test func aNewcomerCallsFromTheSandboxsPage() async throws {
        let files = Self.root.appending(path: "clients/browser/dist").path
        let server = try await TestServer(isSandbox: true, settings: ["SAUTIKIT_BROWSER_SDK_DIR": files])
        try await run("sandbox.mjs", environment: ["SAUTIKIT_URL": server.url])
    }

    /// What a script must know of the server.
    private static func environment(_ customer: Customer, phone: Int, more: [String: String]) -> [String: String] {
        [
            "SAUTIKIT_URL": customer.server.url, "SAUTIKIT_API_KEY": customer.key,
            "SAUTIKIT_NUMBER": Customer.number, "TEST_SIP_PORT": "\(customer.server.sipPort)",
            "TEST_PHONE_PORT": "\(phone)", "TEST_DATA_FOLDER": customer.server.folder.path("data"),
        ].merging(more) { _, new in new }
    }

    private static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
    private static let root = scripts.appending(path: "../../../..").standardizedFileURL

    private func run(_ script: String, environment: [String: String] = [:]) async throws {
        try await Command.run(Self.root.appending(path: "scripts/build-sdk").path, ["--if-changed"])
        // It starts programs of its own, which end with it.
        let words = ["--test", "--test-reporter=tap", Self.scripts.appending(path: script).path]
        let run = try RunningProgram("node", words, environment: environment, leadsGroup: true)
        let status = try await run.exitStatus(within: .seconds(800))
        #expect(status == 0, "\(run.output)")
        #expect(run.output.contains("# fail 0"), "\(run.output)")
    }
}
