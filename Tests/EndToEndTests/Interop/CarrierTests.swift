import Foundation
import Platform
import TestSupport
import Testing

/// What a carrier is asked that nobody here wrote (docs/interop.md): it knows no telephone events, so keys are tones.
@Suite(.timeLimit(.minutes(3))) struct CarrierTests {
    @Test(arguments: CarrierLine.all)
    func aCarrierCallsPressesKeysAndHolds(line: CarrierLine) async throws {
        let place = try await CarrierPlace(line, actions: #"[{"play": {"url": "tone:440,60000"}}]"#)
        let customer = place.customer
        let carrier = try await place.calls("calls", keys: "15#")
        let id = try await place.inboundCall()
        _ = try await customer.wait(id, for: ["answered"])
        try await customer.command(id, JSONMember("command", "record_start"))
        #expect(try await customer.digits(of: id, count: 3) == "15#")
        try await customer.steps("sip.held", of: id)
        try await customer.steps("sip.resumed", of: id)
        let call = try await customer.end(id)
        #expect(call["status"] == "completed" && call["cost_minor"] == 0, "\(call.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        #expect(Goertzel.share(of: 1000, in: try await customer.recording(id)) > 0.15)
        // All but the first INVITE went by the proxy's own Route; what is repeated is counted, too.
        if let proxy = place.proxy {
            #expect(proxy.routed("INVITE") >= 2 && proxy.routed("ACK") >= 3 && proxy.routed("BYE") >= 1)
        }
    }

    @Test(arguments: CarrierLine.all)
    func aCarrierIsCalledEchoesKeysAndHolds(line: CarrierLine) async throws {
        let place = try await CarrierPlace(line, actions: "[]")
        let customer = place.customer
        let carrier = try await place.takesCall("holds", "-rtp_echo")
        let id = try await customer.call(
            "+254712345678",
            [JSONMember("actions", [["pause": ["length": 60]]]), JSONMember("record", true)]
        )
        _ = try await customer.wait(id, for: ["answered"])
        try await customer.command(id, JSONMember("command", "digits"), JSONMember("digits", "42#"))
        // The echo of our own tones, as it comes back.
        #expect(try await customer.digits(of: id, count: 3) == "42#")
        try await customer.steps("sip.held", of: id)
        try await customer.steps("sip.resumed", of: id)
        try await customer.hangUp(id)
        let call = try await customer.end(id)
        #expect(call["status"] == "completed", "\(call.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        // Each key is there twice, and two sounds of one key may run into one.
        let decoded = try await DigitDecoder.digits(in: try await customer.recording(id))
        #expect(decoded.reduce(into: "") { if $0.last != $1 { $0.append($1) } } == "42#", "\(decoded)")
        if let proxy = place.proxy {
            #expect(proxy.routed("ACK") >= 3 && proxy.routed("INVITE") >= 2 && proxy.routed("BYE") >= 1)
        }
    }

    @Test(arguments: CarrierLine.all)
    func ringingIsGivenUpByEitherSide(line: CarrierLine) async throws {
        let place = try await CarrierPlace(line, actions: #"[{"pause": {"length": 600}}]"#)
        let customer = place.customer
        let caller = try await place.calls("gives-up")
        #expect(try await customer.end(try await place.inboundCall())["status"] == "canceled")
        #expect(try await caller.exitStatus() == 0, "\(caller.output)")
        let carrier = try await place.takesCall("canceled")
        let id = try await customer.call()
        _ = try await customer.wait(id, for: ["ringing"])
        try await customer.hangUp(id)
        #expect(try await customer.end(id)["status"] == "canceled")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        if let proxy = place.proxy { #expect(proxy.relayed("CANCEL") >= 2) }
    }

    @Test(arguments: CarrierLine.all)
    func aCarriersEarlyMediaIsHeard(line: CarrierLine) async throws {
        let place = try await CarrierPlace(line, actions: "[]")
        let customer = place.customer
        let carrier = try await place.takesCall("early-media")
        let pause: JSONMember = JSONMember("actions", [["pause": ["length": 1]], ["hangup": [:]]])
        let call = try await customer.end(
            try await customer.call("+254712345678", [pause, JSONMember("record", true)])
        )
        #expect(SandboxTests.kinds(call).contains("sip.early_media"), "\(call.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        let id = try #require(call["id"]?.stringValue)
        #expect(Goertzel.share(of: 1000, in: try await customer.recording(id)) > 0.5)
        #expect(PeerTests.payload("media.quality", of: call)?["packets_lost"] == 0)
    }

    /// The customer would pay for whom the carrier wants to be called.
    @Test(arguments: CarrierLine.all)
    func aCarrierHandsNobodyOver(line: CarrierLine) async throws {
        let place = try await CarrierPlace(line, actions: #"[{"play": {"url": "tone:440,60000"}}]"#)
        let customer = place.customer
        let carrier = try await place.calls("refers")
        let call = try await customer.end(try await place.inboundCall())
        #expect(call["status"] == "completed", "\(call.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
        #expect(all.json["data"]?.elements.count == 1, "\(all.json.text)")
        if let proxy = place.proxy { #expect(proxy.routed("REFER") >= 2) }
    }
}
