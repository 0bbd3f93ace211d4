import Logging
import Platform
import ServiceLifecycle

/// Moves the clocks of test workspaces that are on their way, and renews what becomes due by it; webhooks and top-ups have
/// dispatchers of their own, which it waits for.
struct TestClockLoop {
    private static let patience: Duration = .milliseconds(50)

    let context: PlatformContext
    let vault: ObjectVault

    func run() async {
        await cancelWhenGracefulShutdown {
            for await _ in context.wakeUps(on: Channel.testClocks, every: .seconds(2)) where !Task.isCancelled {
                await move()
            }
        }
    }

    private func move() async {
        do {
            while !Task.isCancelled {
                let report = try await StepTestClocks(context)()
                if report == StepTestClocks.Report() { return }
                try await workOff()
                if report.moved == 0 { try await Task.sleep(for: Self.patience) }
            }
        } catch is CancellationError {
            return
        } catch {
            context.logger.warning("test clocks stand still", metadata: ["error": "\(error)"])
        }
    }

    /// What has become due, for whomever.
    private func workOff() async throws {
        _ = try await RenewRentals(context)()
        _ = try await BillStorage(context)()
        _ = try await ExpireRecordings(context)()
        _ = try await PurgeRecordings(context, vault: vault)()
    }
}
