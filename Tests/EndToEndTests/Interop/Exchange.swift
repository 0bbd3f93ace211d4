import Foundation
import Platform
import TestSupport

/// A server with a sandbox, and a telephone's credential for the customer's number; Kamailio in front of it if need be.
struct Exchange: Sendable {
    let customer: Customer
    /// Stands in front of the server; nil when nothing does.
    let proxy: KamailioProxy?
    private let account: TelephoneAccount
    private let kind: TelephoneKind
    private let files: TemporaryFolder

    init(_ line: TelephoneLine) async throws {
        let tls = FreePort.any()
        files = try TemporaryFolder("exchange")
        try await Self.makeCertificate(files)
        var settings = [
            "SAUTIKIT_SIP_TLS_ADDRESS": "127.0.0.1:\(tls)",
            "SAUTIKIT_SIP_TLS_CERTIFICATE_FILE": files.path("certificate.pem"),
            "SAUTIKIT_SIP_TLS_KEY_FILE": files.path("key.pem"),
        ]
        settings["SAUTIKIT_SIP_DIGEST_ALGORITHMS"] = line.kind.digestAlgorithms
        customer = try await Customer(try await TestServer(isSandbox: true, settings: settings))
        let sip = customer.server.sipPort
        proxy = line.isProxied ? try await KamailioProxy(server: sip, carrier: FreePort.any()) : nil
        kind = line.kind
        let (username, password) = try await customer.credential()
        account = TelephoneAccount(
            username: username,
            password: password,
            host: line.transport == "tls" ? line.kind.serverName : "127.0.0.1",
            port: proxy?.port ?? (line.transport == "tls" ? tls : sip),
            transport: line.transport,
            law: line.law,
            certificate: files.path("certificate.pem")
        )
    }

    /// A telephone that has registered.
    func telephone() async throws -> Telephone { try await Telephone(kind, account) }

    /// Lets somebody call the customer's number.
    func callIn(digits: String? = nil) async throws {
        var wish: [JSONMember] = [JSONMember("to", .string(Customer.number)), JSONMember("seconds", 60)]
        if let digits { wish.append(JSONMember("digits", .string(digits))) }
        let calling = try await customer.server.ask("POST", "/sandbox/calls", key: customer.key, body: .object(wish))
        guard calling.status == 202 else { throw WaitingTimeout(what: "a call: \(calling.json.text)") }
    }

    private static func makeCertificate(_ files: TemporaryFolder) async throws {
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
                files.path("key.pem"), "-out", files.path("certificate.pem"),
            ]
        )
    }
}
