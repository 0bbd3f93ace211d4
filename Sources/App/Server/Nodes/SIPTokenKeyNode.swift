import Logging
import Platform
import ServiceLifecycle

/// Reads the keys of browsers' tokens anew while the server runs, so that they are changed without ending anybody's call.
struct SIPTokenKeyNode: Service {
    private static let interval: Duration = .seconds(5)

    let files: SIPTokenKeyFiles
    let tokens: SIPTokenKeys
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown {
            var wasRead = true
            while true {
                do { try await Task.sleep(for: Self.interval) } catch { return }
                wasRead = read(hasComplained: !wasRead)
            }
        }
    }

    /// False when the former keys stay: half a file must not lock everybody out. That is told once.
    private func read(hasComplained: Bool) -> Bool {
        do {
            let (active, next) = try files.read()
            tokens.replace(active: active, next: next)
            return true
        } catch {
            if !hasComplained {
                logger.error("the keys of browsers' tokens cannot be read", metadata: ["error": "\(error)"])
            }
            return false
        }
    }
}
