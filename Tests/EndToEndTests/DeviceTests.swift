import Foundation
import Platform
import TestSupport
import Testing

/// Telephones that nobody here wrote: they register, are called, and call.
@Suite(.timeLimit(.minutes(3))) struct DeviceTests {
    @Test(arguments: ["udp", "tcp", "tls"])
    func baresipRegistersAndIsCalled(transport: String) async throws {
        let place = try await TelephonePlace()
        let files = try TemporaryFolder("baresip")
        let phone = try place.telephone(transport, files: files)
        try await TelephonePlace.registered(phone)
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
        // Over TLS it is offered encrypted sound first, which it has not been told to take.
        let offers = rung["events"]?.elements.filter { $0["kind"] == "sip.invite" } ?? []
        #expect(offers.map { $0["payload"]?["srtp"] == true } == (transport == "tls" ? [true, false] : [false]))
    }

    @Test(arguments: ["udp", "tls"])
    func baresipCallsThroughTheTrunk(transport: String) async throws {
        let place = try await TelephonePlace()
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
