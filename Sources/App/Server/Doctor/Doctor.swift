import Foundation
import Logging

/// Looks for what keeps a server from working, and says what to do about it.
package struct Doctor: Sendable {
    let source: SettingsSource

    /// Looks at the machine with these settings.
    package init(_ source: SettingsSource) {
        self.source = source
    }

    /// Everything that was found, in the order in which to put it right.
    package func examine() async -> [Finding] {
        let configuration: ServerConfiguration
        do {
            configuration = try ServerConfiguration(source)
        } catch {
            return [.wrong("settings", error.description, "correct it in the flags, the environment or .env")]
        }
        var findings: [Finding] = [.fine("settings", "all can be read")]
        findings += FileChecks(configuration).findings()
        findings.append(await DatabaseCheck(configuration).finding())
        findings.append(await StorageCheck(configuration).finding())
        findings += await PortChecks(configuration).findings()
        findings += MachineChecks(configuration).findings()
        return findings
    }
}
