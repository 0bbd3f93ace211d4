import Foundation
import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Calls of one node that ring what is connected to another: the first node has the call, the second the connection.
@Suite(.timeLimit(.minutes(2))) struct NodesTests {
    private static let caller = "+254722000111"

    /// A carrier that calls the first node, and a browser that is connected to the second.
    private struct Scene {
        let carrier: TestTrunk
        let near: VoiceWorld
        let far: VoiceWorld
        let browser: TestBrowser

        func call() throws -> CallingPhone {
            try carrier.call(VoiceWorld.number, from: NodesTests.caller, port: near.port)
        }

        /// Calls somebody who is not reached; what the carrier is told.
        func refusal() async throws -> Int? {
            let phone = try call()
            return try await phone.refusal()
        }

        func token() -> SIPToken {
            SIPToken(workspaceID: near.workspace.id, identity: "asha", issuedAt: near.clock.now())
        }
    }

    private static func run(hasPlace: Bool = true, _ body: (Scene) async throws -> Void) async throws {
        let carrier = try await TestTrunk { $0.answer() }
        let sockets: (inout VoiceWorld.Settings) -> Void = {
            $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0)
            $0.hasPlace = hasPlace
        }
        try await VoiceWorld.run(nodes: 2, sockets) { nodes in
            let (near, far) = (nodes[0], nodes[1])
            try await near.addTrunk(port: carrier.port)
            let token = SIPToken(workspaceID: near.workspace.id, identity: "asha", issuedAt: near.clock.now())
            let browser = try await TestBrowser.admitted(far, token)
            #expect(try await browser.register().hasPrefix("SIP/2.0 200"))
            try await body(Scene(carrier: carrier, near: near, far: far, browser: browser))
        }
        await carrier.stop()
    }

    @Test(arguments: [true, false]) func aBrowserOfAnotherNodeIsRungAndHungUpOn(hangsUpItself: Bool) async throws {
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            #expect(invite.contains("\r\nMax-Forwards: 69\r\n"), "\(invite)")
            try await scene.browser.reply(to: invite, "180 Ringing")
            try await scene.browser.reply(to: invite, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            #expect(try await scene.browser.request("ACK").contains("\r\nVia: SIP/2.0/WS "))
            let call = try await scene.near.inboundCall()
            let leg = try await scene.near.leg(of: call)
            try await scene.near.wait(for: .answered, of: leg)
            if hangsUpItself {
                let bye = try await scene.browser.say("BYE", within: invite)
                #expect(bye.hasPrefix("SIP/2.0 200"), "\(bye)")
            } else {
                phone.hangUp()
                try await scene.browser.reply(to: try await scene.browser.request("BYE"), "200 OK")
            }
            let ended = [try await scene.near.ended(call), try await scene.near.ended(leg)]
            #expect(ended.allSatisfy { $0.status == .completed && $0.hangupCause == .normalClearing })
        }
    }

    @Test func whoeverRingsIsToldWhenTheCallerGivesUp() async throws {
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            try await scene.browser.reply(to: invite, "180 Ringing")
            try await phone.first { if case .provisional = $0 { true } else { false } }
            phone.hangUp()
            let cancel = try await scene.browser.request("CANCEL")
            try await scene.browser.reply(to: cancel, "200 OK")
            try await scene.browser.reply(to: invite, "487 Request Terminated")
            #expect(try await scene.browser.request("ACK").contains("\r\nCSeq: 1 ACK\r\n"))
            _ = try await scene.near.ended(try await scene.near.inboundCall())
        }
    }

    /// Also where NAT lets nobody but the other node through.
    @Test(arguments: [SIPTransport.tcp, .udp]) func telephonesOfAnotherNodeAreRung(
        over transport: SIPTransport
    ) async throws {
        try await Self.run { scene in
            await scene.browser.socket.cut()
            let device = try await TestDevice(try await DeviceTests.account(scene.near))
            let name = device.account.username
            // An address behind NAT: nothing can be sent to it but by the way that it came.
            let contact = transport == .udp ? "<sip:\(name)@10.99.0.1:5060>" : nil
            #expect(await device.register(at: scene.far.port, over: transport, contact: contact).status == 200)
            let phone = try scene.call()
            let there = try await device.nextCall()
            let headers = there.session.request.headers
            #expect(headers.all(.recordRoute).count == 2)
            #expect(headers.list(.via).allSatisfy { $0.hasPrefix("SIP/2.0/\(transport.rawValue) ") })
            try await phone.answered()
            there.session.hangUp()
            let call = try await scene.near.ended(try await scene.near.inboundCall())
            #expect(call.status == .completed && call.hangupCause == .normalClearing)
            await device.stop()
        }
    }

    @Test func colleaguesCallEachOtherAcrossNodes() async throws {
        try await Self.run { scene in
            let token = SIPToken(
                workspaceID: scene.near.workspace.id,
                identity: "juma",
                issuedAt: scene.near.clock.now()
            )
            let juma = try await TestBrowser.admitted(scene.near, token)
            async let calling = juma.call("asha", from: "juma", preferred: VoiceWorld.number, body: TestBrowser.answer)
            let invite = try await scene.browser.request("INVITE")
            try await scene.browser.reply(to: invite, "200 OK", body: TestBrowser.answer)
            let answer = try await calling
            #expect(answer.hasPrefix("SIP/2.0 200"), "\(answer)")
        }
    }

    /// A browser whose network has changed goes on by a connection that has not begun the call.
    @Test func aCallGoesOnByAnotherConnection() async throws {
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            try await scene.browser.reply(to: invite, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            _ = try await scene.browser.request("ACK")
            await scene.browser.socket.cut()
            let again = try await TestBrowser.admitted(scene.far, scene.token())
            let options = try await scene.browser.say("OPTIONS", within: invite, by: again.socket)
            #expect(options.hasPrefix("SIP/2.0 200"), "\(options)")
            phone.hangUp()
            try await again.reply(to: try await again.request("BYE"), "200 OK")
            let call = try await scene.near.ended(try await scene.near.inboundCall())
            #expect(call.status == .completed)
        }
    }

    @Test func whoeverHasGoneIsNotRung() async throws {
        try await Self.run { scene in
            let find = FindBrowsers(scene.near.context, elsewhereThan: scene.near.context.ids.next(), limit: 20)
            let known = try await find.named("asha", of: scene.near.workspace.id)
            #expect(known.count == 1)
            await scene.browser.socket.cut()
            try await Waiting.until {
                try await find.named("asha", of: scene.near.workspace.id).isEmpty ? true : nil
            }
            #expect(try await scene.refusal() == 480)
            // What the database says for a moment longer than it is true.
            try await KeepBrowsers(scene.near.context).put(try #require(known.first), of: scene.token())
            #expect(try await scene.refusal() == 480)
        }
    }

    @Test func aTokenThatHasEndedIsRungNoMore() async throws {
        try await Self.run { scene in
            scene.near.clock.advance(by: .seconds(300))
            let status = try await scene.refusal()
            #expect(status == 480)
            #expect(!scene.browser.socket.texts.contains { $0.hasPrefix("INVITE") })
        }
    }

    /// Where the other node does not say where it is, the telephone's NAT may let us through.
    @Test func aTelephoneOnUDPIsTriedWithoutItsNode() async throws {
        try await Self.run(hasPlace: false) { scene in
            let device = try await TestDevice(try await DeviceTests.account(scene.near))
            let contact = "<sip:\(device.account.username)@10.99.0.1:5060>"
            #expect(await device.register(at: scene.far.port, contact: contact).status == 200)
            let phone = try scene.call()
            let there = try await device.nextCall()
            #expect(there.session.request.headers.all(.recordRoute).isEmpty)
            try await phone.answered()
            #expect(!scene.browser.socket.texts.contains { $0.hasPrefix("INVITE") })
            await device.stop()
        }
    }

    /// The browser takes no more calls, and hears of the end of the one that it has.
    @Test func aCallGoesOnWhenItsBrowserIsNotRegistered() async throws {
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            try await scene.browser.reply(to: invite, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            #expect(try await scene.browser.register(expires: 0).hasPrefix("SIP/2.0 200"))
            phone.hangUp()
            try await scene.browser.reply(to: try await scene.browser.request("BYE"), "200 OK")
            #expect(try await scene.near.ended(try await scene.near.inboundCall()).status == .completed)
        }
    }

    /// A browser whose token ends while it rings is told that nobody waits any more.
    @Test func aCallIsWithdrawnFromWhoeverItRings() async throws {
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            try await scene.browser.reply(to: invite, "180 Ringing")
            try await phone.first { if case .provisional = $0 { true } else { false } }
            scene.near.clock.advance(by: .seconds(300))
            phone.hangUp()
            try await scene.browser.reply(to: try await scene.browser.request("CANCEL"), "200 OK")
            try await scene.browser.reply(to: invite, "487 Request Terminated")
            _ = try await scene.browser.request("ACK")
        }
    }

    /// Nothing is sent where a device's answer says that it is: it could be anybody.
    @Test func anAnswerSendsNobodyElsewhere() async throws {
        let victim = try await RawSIPPeer { _ in [] }
        try await Self.run { scene in
            let phone = try scene.call()
            let invite = try await scene.browser.request("INVITE")
            let place = "127.0.0.1:\(victim.port)"
            let lines = invite.components(separatedBy: "\r\n").filter { !$0.hasPrefix("Record-Route: ") }
            let bent = (lines.prefix(1) + ["Record-Route: <sip:\(place);transport=udp;lr>"] + lines.dropFirst())
                .joined(separator: "\r\n")
            try await scene.browser.reply(to: bent, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            let call = try await scene.near.inboundCall()
            try await scene.near.wait(for: .answered, of: try await scene.near.leg(of: call))
            phone.hangUp()
            _ = try await scene.near.ended(call)
            #expect(victim.requests.isEmpty)
        }
        await victim.stop()
    }
}
