import Foundation

/// Limits, programs and the clock.
struct MachineChecks {
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    func findings() -> [Finding] {
        [
            openFiles(), program("espeak-ng", "calls and the sandbox's phones speak with it", package: "espeak-ng"),
            program("sox", "what calls play is decoded by it", package: "sox libsox-fmt-mp3"), clock(),
        ]
    }

    private func openFiles() -> Finding {
        let limit = FileLimit.hard
        return limit < 4096
            ? .wrong(
                "open files",
                "at most \(limit)",
                "raise the hard limit: ulimit -Hn 65536, or LimitNOFILE= in systemd"
            )
            : .fine("open files", "up to \(limit)")
    }

    private func program(_ name: String, _ purpose: String, package: String) -> Finding {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        return isThere
            ? .fine(name, "installed")
            : .wrong(name, "not installed; \(purpose)", "apt-get install \(package)")
    }

    private func clock() -> Finding {
        // The day this was written: a clock before it makes signatures and certificates invalid.
        guard Date.now.timeIntervalSince1970 > 1_780_000_000 else {
            return .wrong("clock", "it shows \(Date.now)", "set it: timedatectl set-ntp true")
        }
        return .fine("clock", "\(Date.now); customers refuse webhooks that are 5 minutes off")
    }
}
