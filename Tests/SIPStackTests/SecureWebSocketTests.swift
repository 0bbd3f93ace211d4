import Foundation
import SIPStack
import TestSupport
import Testing

/// SIP over WebSocket with TLS, as the `websockets` library of Python speaks it.
@Suite(.timeLimit(.minutes(2))) struct SecureWebSocketTests {
    private static let client = """
        import asyncio, ssl, sys
        from websockets.asyncio.client import connect

        async def main(port, authority, request):
            context = ssl.create_default_context(cafile=authority)
            names = ["sip", "sautikit.token.good"]
            async with connect(f"wss://127.0.0.1:{port}/", ssl=context, subprotocols=names) as socket:
                await (await socket.ping())
                await socket.send(open(request, newline='').read())
                print(socket.subprotocol, (await socket.recv()).splitlines()[0], flush=True)

        asyncio.run(main(*sys.argv[1:]))
        """

    private static let request = """
        OPTIONS sip:sautikit.local SIP/2.0\r
        Via: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r
        From: <sip:asha@sautikit.local>;tag=a\r
        To: <sip:sautikit.local>\r
        Call-ID: secure\r
        CSeq: 1 OPTIONS\r
        Max-Forwards: 70\r
        \r

        """

    /// What the client prints, and how it ends.
    private static func run(_ port: Int, trusting file: String) async throws -> (status: Int32, output: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = try TemporaryFolder("websocket")
        try request.write(toFile: folder.path("request"), atomically: true, encoding: .utf8)
        let python = root.appending(path: ".build/test-tools/bin/python").path
        let program = try RunningProgram(python, ["-c", client, "\(port)", file, folder.path("request")])
        return (try await program.exitStatus(), program.output)
    }

    @Test func anotherLibraryConnectsAndSeesRenewedCertificates() async throws {
        let (old, new) = (try await TestCertificate("DNS:old.example"), try await TestCertificate("IP:127.0.0.1"))
        let (agent, _) = try await LoopbackTests.agent { $0.webSockets.secure = old.listener() }
        await agent.takeSockets(TestPass())
        let port = try #require(await agent.webSocketPorts().secure)
        let before = try await Self.run(port, trusting: new.file)
        #expect(before.status != 0 && before.output.contains("CERTIFICATE_VERIFY_FAILED"), "\(before.output)")
        for (from, to) in [(new.file, old.file), (new.keyFile, old.keyFile)] {
            try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
        }
        try await agent.renewCertificates()
        let after = try await Self.run(port, trusting: new.file)
        #expect(after.status == 0 && after.output.contains("sip SIP/2.0 200"), "\(after.output)")
        await agent.shutDown()
    }
}
