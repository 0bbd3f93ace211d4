import Foundation
import TestSupport

/// aiosmtpd on loopback, with a certificate of its own.
final class MailServer: Sendable {
    let port = FreePort.any()
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// The certificate it shows, in PEM.
    var certificate: String { folder.path("certificate.pem") }

    init(isSecured: Bool) async throws {
        folder = try TemporaryFolder("mail")
        var files = ["-", "-"]
        if isSecured {
            files = [folder.path("certificate.pem"), folder.path("key.pem")]
            try await Self.makeCertificate(files[0], key: files[1])
        }
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

    private static func makeCertificate(_ certificate: String, key: String) async throws {
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ]
        )
    }
}
