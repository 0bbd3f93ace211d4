import Logging
import NIOPosix
import Primitives
import Sandbox
import TestSupport
import Testing

/// Who asks for an M-Pesa and goes away before it is open leaves nothing running, and does not wait for it.
@Suite(.timeLimit(.minutes(1))) struct MPesaStartTests {
    @Test func aCancelledStartEnds() async throws {
        for _ in 0..<20 {
            let mpesa = SandboxMPesa(
                SandboxMPesaSettings(),
                clock: ManualWallClock(),
                group: MultiThreadedEventLoopGroup.singleton,
                logger: Logger(label: "test")
            )
            let (ends, end) = AsyncStream.makeStream(of: Bool.self)
            let starting = Task {
                let port = try? await mpesa.start()
                await mpesa.shutDown()
                end.yield(port == nil)
            }
            starting.cancel()
            _ = try await Waiting.first(of: ends)
        }
    }
}
