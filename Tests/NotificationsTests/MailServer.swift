import Foundation
import TestSupport

/// aiosmtpd on loopback, with a certificate of its own.
final class MailServer: Sendable {
    let port = FreePort.any()
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// What it shows; nil when it speaks no TLS.
    let certificate: TestCertificate?

    init(isSecured: Bool) async throws {
        folder = try TemporaryFolder("mail")
        certificate = isSecured ? try await TestCertificate("DNS:localhost") : nil
        let files = [certificate?.file ?? "-", certificate?.keyFile ?? "-"]
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers/mail_server.py").path
        // The distribution's Python, which has the distribution's packages.
        program = try RunningProgram("/usr/bin/python3", [script, "\(port)", folder.url.path] + files)
        try await Waiting.until { [program] in
            if let status = program.endStatus() {
                throw CommandError(command: "mail_server.py", status: status, output: program.output)
            }
            return program.output == "ready\n" ? true : nil
        }
    }

    /// The oldest mail that was not taken out yet.
    func nextMail() async throws -> String {
        try await Waiting.until { [folder] in
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            guard let name = names.filter({ $0.hasSuffix(".eml") }).min() else { return nil }
            let data = try Data(contentsOf: folder.url.appending(path: name))
            try FileManager.default.removeItem(at: folder.url.appending(path: name))
            return String(decoding: data, as: UTF8.self)
        }
    }
}
