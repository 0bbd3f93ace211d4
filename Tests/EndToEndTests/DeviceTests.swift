import Foundation
import Platform
import TestSupport
import Testing

/// Telephones that nobody here wrote: they register, are called, and call.
@Suite(.timeLimit(.minutes(3))) struct DeviceTests {
    /// A server with a sandbox, and a credential of the customer's number.
    private struct Place {
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
        func telephone(_ transport: String, _ commands: String..., files: TemporaryFolder) throws -> RunningProgram {
            let port = transport == "tls" ? tlsPort : sipPort
            let account =
                "<sip:\(username)@127.0.0.1:\(port);transport=\(transport)>;auth_user=\(username);auth_pass=\(password)"
                + ";regint=60;audio_codecs=PCMA,PCMU;answermode=auto"
            return try Peers.baresip(account: account, trusting: certificate, commands: commands, files: files)
        }

        /// The first call of a kind.
        func call(_ matches: @escaping @Sendable (JSONValue) -> Bool) async throws -> JSONValue {
            try await Waiting.until(within: .seconds(40)) { [customer] in
                let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
                return all.json["data"]?.elements.first(where: matches)
            }
        }
    }

    private static func registered(_ phone: RunningProgram) async throws {
        do {
            try await Waiting.until(within: .seconds(30)) { phone.output.contains("200 OK") ? true : nil }
        } catch {
            Issue.record("baresip does not register: \(phone.output)")
            throw error
        }
    }

    @Test(arguments: ["udp", "tcp", "tls"])
    func baresipRegistersAndIsCalled(transport: String) async throws {
        let place = try await Place()
        let files = try TemporaryFolder("baresip")
        let phone = try place.telephone(transport, files: files)
        try await Self.registered(phone)
        let wish: JSONValue = ["to": .string(Customer.number), "seconds": 2]
        let customer = place.customer
        let calling = try await customer.server.ask("POST", "/sandbox/calls", key: customer.key, body: wish)
        #expect(calling.status == 202, "\(calling.json.text)")
        let call = try await place.call { $0["direction"] == "inbound" && $0["parent_call_id"]?.stringValue == nil }
        let id = try #require(call["id"]?.stringValue)
        let ended = try await customer.end(id)
        #expect(ended["status"] == "completed", "\(ended.text)\n\(phone.output)")
        let leg = try await place.call { $0["parent_call_id"]?.stringValue == id }
        let rung = try await customer.end(try #require(leg["id"]?.stringValue))
        #expect(rung["status"] == "completed" && rung["cost_minor"] == 0, "\(rung.text)")
    }

    @Test(arguments: ["udp", "tls"])
    func baresipCallsThroughTheTrunk(transport: String) async throws {
        let place = try await Place()
        let files = try TemporaryFolder("baresip")
        let port = transport == "tls" ? place.tlsPort : place.sipPort
        let phone = try place.telephone(
            transport,
            "/dial sip:+254712345678@127.0.0.1:\(port);transport=\(transport)",
            files: files
        )
        let call = try await place.call { $0["direction"] == "outbound" && $0["parent_call_id"]?.stringValue == nil }
        let id = try #require(call["id"]?.stringValue, "\(phone.output)")
        _ = try await place.customer.wait(id, for: ["answered", "completed"])
        let leg = try await place.call { $0["parent_call_id"]?.stringValue == id }
        _ = try await place.customer.wait(try #require(leg["id"]?.stringValue), for: ["answered", "completed"])
        let answeredAt = ContinuousClock.now
        #expect(leg["from"]?.stringValue == Customer.number || leg["local_e164"]?.stringValue == Customer.number)
        // Long enough to cost something: seconds are rounded.
        try await Waiting.until { ContinuousClock.now - answeredAt > .seconds(1) ? true : nil }
        let hangup = try await place.customer.server.ask("POST", "/v1/calls/\(id)/hangup", key: place.customer.key)
        #expect(hangup.status == 200, "\(hangup.json.text)")
        let (parent, child) = (
            try await place.customer.end(id), try await place.customer.end(try #require(leg["id"]?.stringValue))
        )
        #expect(parent["status"] == "completed" && parent["cost_minor"] == 0, "\(parent.text)\n\(phone.output)")
        guard case .integer(let cost)? = child["cost_minor"] else {
            Issue.record("\(child.text)")
            return
        }
        #expect(child["status"] == "completed" && cost > 0, "\(child.text)")
    }
}
