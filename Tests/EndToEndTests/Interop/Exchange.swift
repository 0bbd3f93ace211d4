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
    private let certificate: TestCertificate

    init(_ line: TelephoneLine) async throws {
        let tls = FreePort.any()
        certificate = try await TestCertificate("IP:127.0.0.1", "DNS:localhost")
        var settings = [
            "SAUTIKIT_SIP_TLS_ADDRESS": "127.0.0.1:\(tls)",
            "SAUTIKIT_SIP_TLS_CERTIFICATE_FILE": certificate.file,
            "SAUTIKIT_SIP_TLS_KEY_FILE": certificate.keyFile,
        ]
        settings["SAUTIKIT_SIP_DIGEST_ALGORITHMS"] = line.kind.digestAlgorithms
        customer = try await Customer(try await TestServer(isSandbox: true, settings: settings))
        let sip = customer.server.sipPort
        if let transport = line.proxyTransport {
            proxy = try await KamailioProxy(
                server: transport == "tls" ? tls : sip,
                by: transport,
                trusting: certificate,
                carrier: FreePort.any()
            )
        } else {
            proxy = nil
        }
        kind = line.kind
        let isTLS = line.transport == "tls"
        let (username, password) = try await customer.credential()
        account = TelephoneAccount(
            username: username,
            password: password,
            host: isTLS ? line.kind.serverName : "127.0.0.1",
            port: isTLS ? proxy?.tlsPort ?? tls : proxy?.port ?? sip,
            transport: line.transport,
            law: line.law,
            certificate: (proxy?.certificate ?? certificate).file,
            encryption: line.encryption
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
}
