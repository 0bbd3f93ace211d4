import Foundation
import Platform
import TestSupport
import Testing

/// What each telephone of the matrix is asked (docs/interop.md): nobody here wrote them, and what they hear is measured.
@Suite(.timeLimit(.minutes(3))) struct TelephoneTests {
    @Test(arguments: TelephoneLine.all)
    func aTelephoneRegistersAndIsCalled(line: TelephoneLine) async throws {
        let exchange = try await Exchange(line)
        let (customer, phone) = (exchange.customer, try await exchange.telephone())
        try await exchange.callIn()
        let (call, leg) = try await customer.pair()
        try await phone.answer()
        _ = try await customer.wait(leg, for: ["answered"])
        try await customer.command(leg, JSONMember("command", "record_start"))
        try await customer.command(leg, JSONMember("command", "digits"), JSONMember("digits", "42#"))
        try await phone.decodes("42#")
        try await Self.talk()
        try await customer.hangUp(leg)
        // The caller is a voice that speaks.
        let heard = try await phone.heard()
        #expect(heard.contains { abs(Int($0)) > 2000 }, "nobody speaks: \(phone.output.suffix(4000))")
        #expect(Goertzel.share(of: Telephone.hertz, in: try await customer.recording(leg)) > 0.15)
        let (ended, rung) = (try await customer.end(call), try await customer.end(leg))
        #expect(ended["status"] == "completed" && ended["direction"] == "inbound", "\(ended.text)")
        #expect(rung["status"] == "completed" && rung["cost_minor"] == 0, "\(rung.text)")
        if line.encryption != nil {
            #expect(PeerTests.payload("sip.invite", of: rung)?["srtp"] == true, "\(rung.text)")
            Self.expectSecrecy(rung, phone, line)
        }
        if let proxy = exchange.proxy {
            #expect(proxy.routed("ACK") > 0 && proxy.routed("BYE") > 0, "the proxy was passed by")
        }
    }

    @Test(arguments: TelephoneLine.calling)
    func aTelephoneCallsHoldsAndHangsUp(line: TelephoneLine) async throws {
        let exchange = try await Exchange(line)
        let (customer, phone) = (exchange.customer, try await exchange.telephone())
        // Whoever is there sends back what it hears, keys too.
        try phone.dial("+254700000002")
        let (call, leg) = try await customer.pair()
        try await phone.isUp()
        try phone.press("15#")
        #expect(try await customer.digits(of: call, count: 3) == "15#")
        try await phone.decodes("15#")
        try await phone.hold()
        try await customer.steps("sip.held", of: call)
        try phone.resume()
        try await customer.steps("sip.resumed", of: call)
        try await Self.talk()
        try phone.hangUp()
        let (ended, other) = (try await customer.end(call), try await customer.end(leg))
        #expect(ended["status"] == "completed" && ended["cost_minor"] == 0, "\(ended.text)")
        #expect(ended["from"]?.stringValue == Customer.number || ended["local_e164"]?.stringValue == Customer.number)
        guard case .integer(let cost)? = other["cost_minor"] else { throw WaitingTimeout(what: "\(other.text)") }
        #expect(other["status"] == "completed" && cost > 0, "\(other.text)")
        if line.encryption == .sdes { Self.expectSecrecy(ended, phone, line) }
        if line.encryption == .dtls {
            #expect(phone.output.contains("---> DTLS-SRTP complete"), "\(phone.output.suffix(6000))")
            try await customer.steps("media.secured", of: call)
        }
        let heard = try await phone.heard()
        #expect(Goertzel.share(of: Telephone.hertz, in: heard) > 0.5)
        #expect(Goertzel.share(of: Telephone.hertz, in: heard.suffix(8000)) > 0.5, "not after the hold")
        if let proxy = exchange.proxy {
            #expect(proxy.routed("INVITE") > 1 && proxy.routed("BYE") > 0, "the proxy was passed by")
        }
    }

    @Test(arguments: TelephoneLine.overDatagrams)
    func ringingIsGivenUpByEitherSideAndHeard(line: TelephoneLine) async throws {
        let exchange = try await Exchange(line)
        let (customer, phone) = (exchange.customer, try await exchange.telephone())
        try await exchange.callIn()
        let given = try await customer.pair()
        try await phone.rings()
        try await customer.hangUp(given.parent)
        try await phone.sees("CANCEL sip:")
        #expect(try await customer.end(given.child)["status"] == "canceled")
        // This one rings for ever.
        try phone.dial("+254700000005")
        let own = try await customer.pair(besides: [given.parent, given.child])
        try await phone.sees("SIP/2.0 180 Ringing")
        try phone.hangUp()
        try await phone.sees("SIP/2.0 487 ")
        let (parent, child) = (try await customer.end(own.parent), try await customer.end(own.child))
        #expect(parent["status"] == "canceled" && child["status"] == "canceled", "\(parent.text) \(child.text)")
        if let proxy = exchange.proxy { #expect(proxy.relayed("CANCEL") >= 2) }
        // This one lets its ringing be heard before the answer.
        try phone.dial("+254700000011")
        try await phone.sees("SIP/2.0 183 Session Progress")
        try await phone.isUp()
        try phone.hangUp()
        #expect(Goertzel.share(of: 425, in: try await phone.heard()) > 0.5)
    }
}

extension TelephoneTests {
    /// Lets a call go on long enough to be heard, and to cost something: seconds are rounded.
    static func talk() async throws {
        let beganAt = ContinuousClock.now
        try await Waiting.until { ContinuousClock.now - beganAt > .milliseconds(1200) ? true : nil }
    }

    /// The telephone says that its sound was encrypted, and no key is told to anybody.
    private static func expectSecrecy(_ call: JSONValue, _ phone: Telephone, _ line: TelephoneLine) {
        #expect(phone.output.contains(line.kind.signs.encrypted), "\(phone.output.suffix(6000))")
        #expect(!call.text.contains("inline:"))
    }
}

extension Goertzel {
    /// The share in a part of a sound.
    static func share(of hertz: Double, in samples: ArraySlice<Int16>) -> Double {
        share(of: hertz, in: Array(samples))
    }
}
