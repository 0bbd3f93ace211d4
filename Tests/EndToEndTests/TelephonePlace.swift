import Foundation
import Platform
import TestSupport
import Testing

/// A server with a sandbox, and a credential of the customer's number.
struct TelephonePlace: Sendable {
    let customer: Customer
    let sipPort: Int
    let tlsPort: Int
    let username: String
    let password: String
    /// The server's certificate.
    let certificate: String

    init() async throws {
        let (sip, tls) = (FreePort.any(), FreePort.any())
        let files = try TemporaryFolder("edge")
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                files.path("key.pem"), "-out", files.path("certificate.pem"),
            ]
        )
        let server = try await TestServer(
            isSandbox: true,
            settings: [
                "SAUTIKIT_SIP_ADDRESS": "127.0.0.1:\(sip)", "SAUTIKIT_SIP_TLS_ADDRESS": "127.0.0.1:\(tls)",
                "SAUTIKIT_SIP_TLS_CERTIFICATE_FILE": files.path("certificate.pem"),
                "SAUTIKIT_SIP_TLS_KEY_FILE": files.path("key.pem"),
                // This telephone gives up when it is offered another algorithm, too.
                "SAUTIKIT_SIP_DIGEST_ALGORITHMS": "MD5",
            ]
        )
        customer = try await Customer(server)
        (sipPort, tlsPort, folder, certificate) = (sip, tls, files, files.path("certificate.pem"))
        let numbers = try await server.ask("GET", "/v1/numbers", key: customer.key)
        guard let number = numbers.json["numbers"]?.elements.first?["id"]?.stringValue else {
            throw WaitingTimeout(what: "a number: \(numbers)")
        }
        let made = try await server.ask(
            "POST",
            "/v1/numbers/\(number)/sip-credentials",
            key: customer.key,
            body: ["label": "Desk"]
        )
        guard let username = made.json["username"]?.stringValue, let password = made.json["password"]?.stringValue
        else { throw WaitingTimeout(what: "a credential: \(made)") }
        (self.username, self.password) = (username, password)
    }

    private let folder: TemporaryFolder

    /// A telephone that registers over a transport and runs these commands.
    ///
    /// - Parameter isEncrypted: whether its sound must be.
    func telephone(
        _ transport: String,
        _ commands: String...,
        isEncrypted: Bool = false,
        files: TemporaryFolder
    ) throws -> RunningProgram {
        let port = transport == "tls" ? tlsPort : sipPort
        let account =
            "<sip:\(username)@127.0.0.1:\(port);transport=\(transport)>;auth_user=\(username);auth_pass=\(password)"
            + ";regint=60;audio_codecs=PCMA,PCMU;answermode=auto" + (isEncrypted ? ";mediaenc=srtp-mand" : "")
        return try Peers.baresip(account: account, trusting: certificate, commands: commands, files: files)
    }

    /// Waits until a telephone has registered.
    static func registered(_ phone: RunningProgram) async throws {
        do {
            try await Waiting.until(within: .seconds(30)) { phone.output.contains("200 OK") ? true : nil }
        } catch {
            Issue.record("baresip does not register: \(phone.output)")
            throw error
        }
    }

    /// The first call of a kind.
    func call(_ matches: @escaping @Sendable (JSONValue) -> Bool) async throws -> JSONValue {
        try await Waiting.until(within: .seconds(40)) { [customer] in
            let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
            return all.json["data"]?.elements.first(where: matches)
        }
    }
}
