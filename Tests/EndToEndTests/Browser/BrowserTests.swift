import Foundation
import TestSupport
import Testing

/// The browser SDK and the web phone in Chromium and Firefox, with a microphone that plays a tone, through Kamailio and rtpengine to
/// baresip: neither gateway nor telephone were written here. The scripts beside this file say what is done, step by step.
@Suite(.serialized, .timeLimit(.minutes(15))) struct BrowserTests {
    @Test(arguments: ["calls.mjs", "phone.mjs", "readme.mjs"])
    func chromiumCallsThroughAnIndependentGateway(script: String) async throws {
        try await run(script)
    }

    /// The same SDK, with our own server for the gateway and its media.
    @Test(arguments: BrowserKind.here) func browsersCallThroughOurServer(kind: BrowserKind) async throws {
        let server = try await kind.server(["SAUTIKIT_ICE_TCP_PORT": "0"])
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
        let more = ["TEST_SIPP_PORT": "\(sipp)", "TEST_BROWSER": kind.rawValue]
        try await run("own.mjs", environment: Self.environment(customer, phone: phone, more: more))
    }

    /// It is connected to one node, and called at another.
    @Test func chromiumIsCalledThroughAnotherNode() async throws {
        let customer = try await Customer(TestServer())
        let data = customer.server.folder.path("data")
        let other = try await TestServer(settings: ["SAUTIKIT_DATA_DIR": data])
        let phone = FreePort.any()
        try await customer.addTrunk(port: phone)
        let more = ["SAUTIKIT_URL": other.url, "TEST_BROWSER": BrowserKind.chromium.rawValue]
        try await run("nodes.mjs", environment: Self.environment(customer, phone: phone, more: more))
    }

    /// The same once more, with clocks that the script moves on by minutes.
    @Test(arguments: BrowserKind.here) func aCallOutlivesItsTokens(kind: BrowserKind) async throws {
        let clock = try TemporaryFolder("clock")
        let (file, library) = (clock.path("seconds"), clock.path("moved_clock.so"))
        try Data("0\n".utf8).write(to: URL(filePath: file))
        let source = Self.scripts.appending(path: "../MovedClock/moved_clock.c").path
        try await Command.run("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"])
        let customer = try await Customer(kind.server(["LD_PRELOAD": library, "MOVED_CLOCK_FILE": file]))
        let phone = FreePort.any()
        try await customer.addTrunk(port: phone)
        let more = ["TEST_CLOCK_FILE": file, "TEST_BROWSER": kind.rawValue]
        try await run("long.mjs", environment: Self.environment(customer, phone: phone, more: more))
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
