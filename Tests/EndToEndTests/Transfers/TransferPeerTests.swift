import Foundation
import Platform
import TestSupport
import Testing

/// A telephone that nobody here wrote hands its call over. Attended transfer it does not know before version 1.1.
@Suite(.timeLimit(.minutes(3))) struct TransferPeerTests {
    private static let (party, busy, target) = ("+254700000010", "+254700000003", "+254700000002")

    private struct Place {
        let customer: Customer
        let phone: ControlledPhone
        let domain: String
        private let files: TemporaryFolder

        init() async throws {
            let sip = FreePort.any()
            let server = try await TestServer(
                isSandbox: true,
                // This telephone gives up when it is offered another algorithm, too.
                settings: ["SAUTIKIT_SIP_ADDRESS": "127.0.0.1:\(sip)", "SAUTIKIT_SIP_DIGEST_ALGORITHMS": "MD5"]
            )
            customer = try await Customer(server)
            let numbers = try await server.ask("GET", "/v1/numbers", key: customer.key)
            let number = try #require(numbers.json["numbers"]?.elements.first?["id"]?.stringValue)
            let made = try await server.ask(
                "POST",
                "/v1/numbers/\(number)/sip-credentials",
                key: customer.key,
                body: ["label": "Desk"]
            )
            let username = try #require(made.json["username"]?.stringValue)
            let password = try #require(made.json["password"]?.stringValue)
            domain = "127.0.0.1:\(sip)"
            files = try TemporaryFolder("baresip")
            let account =
                "<sip:\(username)@\(domain)>;auth_user=\(username);auth_pass=\(password);regint=60"
                + ";audio_codecs=PCMA,PCMU;answermode=auto"
            phone = try ControlledPhone(account: account, files: files)
        }

        /// The one call to a number that has this status, or any.
        func call(to number: String, isLeg: Bool, _ status: String) async throws -> JSONValue {
            do {
                return try await Waiting.until { [customer] in
                    let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
                    return all.json["data"]?.elements.first { call in
                        call["to"]?.stringValue == number && call["status"]?.stringValue == status
                            && (call["parent_call_id"]?.stringValue != nil) == isLeg
                    }
                }
            } catch {
                let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
                Issue.record("no call to \(number) is \(status): \(all.json.text)\n\(phone.program.output)")
                throw error
            }
        }

        func transfer(to number: String) async throws {
            try await phone.tell("transfer", "sip:\(number)@\(domain)")
        }

        /// What the timeline of a call has of a kind.
        func entries(_ kind: String, of id: String) async throws -> [JSONValue] {
            let timeline = try await customer.server.ask("GET", "/v1/calls/\(id)/timeline", key: customer.key)
            return timeline.json["entries"]?.elements.filter { $0["kind"]?.stringValue == kind } ?? []
        }
    }

    /// Its call, and the leg of the party, once they are connected.
    private static func connected(_ place: Place) async throws -> (id: String, legID: String) {
        try await place.phone.registers()
        try await place.phone.tell("dial", "sip:\(party)@\(place.domain)")
        let own = try await place.call(to: party, isLeg: false, "answered")
        let leg = try await place.call(to: party, isLeg: true, "answered")
        return (try #require(own["id"]?.stringValue), try #require(leg["id"]?.stringValue))
    }

    @Test func baresipHandsACallOver() async throws {
        let place = try await Place()
        let (id, legID) = try await Self.connected(place)
        try await place.transfer(to: Self.target)
        let reached = try await place.call(to: Self.target, isLeg: true, "answered")
        #expect(reached["parent_call_id"]?.stringValue == legID)
        // It hangs up by itself.
        let ended = try await place.customer.end(id)
        #expect(ended["status"] == "completed" && ended["cost_minor"] == 0, "\(ended.text)")
        #expect(try await place.entries("transfer.completed", of: id).count == 1)
        #expect(try await place.customer.read(legID)["status"] == "answered")

        let hangup = try await place.customer.server.ask("POST", "/v1/calls/\(legID)/hangup", key: place.customer.key)
        #expect(hangup.status == 200)
        for one in [legID, try #require(reached["id"]?.stringValue)] {
            #expect(try await place.customer.end(one)["status"] == "completed")
        }
    }

    @Test func baresipIsToldThatTheTargetIsBusy() async throws {
        let place = try await Place()
        let (id, legID) = try await Self.connected(place)
        try await place.transfer(to: Self.busy)
        // It gives up its call then, which others would not.
        for one in [id, legID] { #expect(try await place.customer.end(one)["status"] == "completed") }
        #expect(place.phone.program.output.contains("transfer failed: 486 Busy Here"))
        #expect(try await place.entries("transfer.failed", of: id).first?["details"]?["status"] == 486)
        #expect(try await place.entries("transfer.taken_back", of: legID).count == 1)
        let refused = try await place.call(to: Self.busy, isLeg: true, "busy")
        #expect(refused["parent_call_id"]?.stringValue == legID)
    }
}
