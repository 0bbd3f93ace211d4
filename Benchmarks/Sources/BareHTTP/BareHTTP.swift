import Hummingbird
import Logging

/// The reference for requests per second: one route, no middleware, a constant answer.
@main
struct BareHTTP {
    static func main() async throws {
        let port = Int(CommandLine.arguments.dropFirst().first ?? "") ?? 0
        let router = Router()
        router.get("/hello") { _, _ in "hello" }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in print(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}
