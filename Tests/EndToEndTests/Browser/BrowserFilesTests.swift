import Foundation
import TestSupport
import Testing

/// What pages load from a server: the SDK, the phone, and where the gateway is.
@Suite(.timeLimit(.minutes(2))) struct BrowserFilesTests {
    /// Kept for as long as the test runs: it is deleted with its last owner.
    private let files: TemporaryFolder

    init() throws {
        files = try TemporaryFolder("sdk")
        try FileManager.default.createDirectory(atPath: files.path("phone"), withIntermediateDirectories: true)
        for (name, text) in [
            ("sautikit.js", "var Sautikit"), ("phone/index.html", "<title>"), ("secret.txt", "secret"),
        ] {
            try text.write(toFile: files.path(name), atomically: true, encoding: .utf8)
        }
    }

    private func server(_ settings: [String: String] = [:]) async throws -> TestServer {
        let own = ["SAUTIKIT_BROWSER_SDK_DIR": files.url.path].merging(settings) { _, new in new }
        return try await TestServer(settings: own)
    }

    /// The head and the body of an answer.
    private func get(_ path: String, of server: TestServer) async throws -> String {
        try await Command.run("curl", ["-sS", "-i", "--path-as-is", "\(server.url)\(path)"])
    }

    @Test func pagesOfAllOriginsMayLoadTheSDK() async throws {
        let server = try await server()
        let script = try await get("/browser/sautikit.js", of: server).lowercased()
        #expect(script.contains("200 ok") && script.hasSuffix("var sautikit"))
        #expect(script.contains("access-control-allow-origin: *") && script.contains("content-type: text/javascript"))
        let page = try await get("/browser/phone/?from=+254700000001", of: server).lowercased()
        #expect(page.contains("content-security-policy: default-src 'none'") && page.hasSuffix("<title>"))
        #expect(try await get("/browser/phone?a=b", of: server).lowercased().contains("location: /browser/phone/?a=b"))
    }

    @Test func nothingElseIsServed() async throws {
        let server = try await server()
        let paths = [
            "secret.txt", "sautikit.mjs", "phone/..%2Fsecret.txt", "phone/../secret.txt", "..%2F..",
        ]
        for path in paths {
            let answer = try await get("/browser/\(path)", of: server)
            #expect(answer.contains("404") && !answer.hasSuffix("secret"), "\(path): \(answer)")
        }
    }

    @Test func browsersAreToldWhereTheGatewayIs() async throws {
        let server = try await server(["SAUTIKIT_SIP_WS_URL": "wss://calls.example.com:8443/"])
        let answer = try await get("/browser/config.json", of: server)
        #expect(answer.contains("ws_url") && answer.contains("calls.example.com:8443"), "\(answer)")
        #expect(answer.lowercased().contains("access-control-allow-origin: *"))
    }
}
