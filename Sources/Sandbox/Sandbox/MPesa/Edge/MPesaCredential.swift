import Logging
import Subprocess

/// Opens SecurityCredentials: the initiator's password, encrypted by RSA with PKCS#1 v1.5 padding (facts section 7).
struct MPesaCredential: Sendable {
    let settings: SandboxMPesaSettings
    let logger: Logger

    /// Whether a credential holds the password; any does when no key is configured.
    func isGood(_ credential: [UInt8]) async -> Bool {
        guard let file = settings.initiatorKeyFile else { return true }
        do {
            let result = try await Subprocess.run(
                .name("openssl"),
                arguments: ["pkeyutl", "-decrypt", "-inkey", file, "-pkeyopt", "rsa_padding_mode:pkcs1"],
                input: .inputWriter,
                output: .bytes(limit: 4096),
                error: .discarded
            ) { execution in
                // Written here: the library traps when a program ends before it has read all.
                _ = try? await execution.standardInputWriter.write(credential)
            }
            return result.terminationStatus.isSuccess && result.standardOutput == Array(settings.initiatorPassword.utf8)
        } catch {
            logger.error("SecurityCredentials cannot be opened: openssl is needed", metadata: ["error": "\(error)"])
            return false
        }
    }
}
