import MediaEngine
import Platform
import Primitives
import SIPStack
import TestSupport
import Testing

/// Transfers of parties whose calls have more to do, and what bounds them.
@Suite(.timeLimit(.minutes(2))) struct TransferFlowTests {
    /// The document waits for the end of its `dial`, with whomever the caller speaks then.
    @Test func theDocumentGoesOnAfterTheConversation() async throws {
        try await TransferPlace.run { place in
            let name = place.telephone.account.username
            let server = try await VoiceServer { asked, _ in
                if asked.path == "/after" { return .actions(.play(PlayAction(.tone(hertz: 1700, .seconds(20))))) }
                return .actions(.dial(DialAction(.device(name), action: "/after")))
            }
            let url = server.url()
            try await place.world.route { $0.voiceCallbackURL = url }
            let (caller, call) = try await place.ring()
            let referral = TestReferral(call.session, to: TransferPlace.target)
            let target = try await place.carrier.nextCall()
            #expect(try await referral.outcome() == .finished(status: 200))
            call.session.hangUp()
            try await place.hear(caller, target)
            #expect(!server.all.contains { $0.path == "/after" })
            target.session.hangUp()
            try await caller.hears(1700)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "completed")
            caller.hangUp()
            #expect(try await place.settled().allSatisfy { $0.status == .completed })
        }
    }

    @Test func aPartyWhoIsGivenSomethingElseToDoLeavesTheTransfer() async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let referral = try TestReferral(phone.call, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            try await referral.rings()
            let leg = try await place.leg(to: VoiceWorld.callee)
            _ = try await SteerCall(place.world.context)(
                workspaceID: place.world.workspace.id,
                reference: leg.id.uuidString,
                actions: [.play(PlayAction(.tone(hertz: 1700, .seconds(20))))]
            )
            #expect(try await referral.outcome() == .finished(status: 487))
            _ = try await target.ended()
            try await phone.ended()
            try await there.hears(1700)
            there.session.hangUp()
            #expect(try await place.settled().count == 3)
        }
    }

    /// Two telephones that pass a party to and fro.
    @Test func aConversationIsNotHandedOverWithoutEnd() async throws {
        try await TransferPlace.run { place in
            let telephones = [place.telephone, try await place.colleague()]
            let (phone, there) = try await place.call()
            var session = try phone.call
            for round in 1...5 {
                let next = telephones[round % 2]
                let referral = TestReferral(session, to: next.account.username)
                let rung = try await next.nextCall()
                #expect(try await referral.outcome() == .finished(status: 200), "round \(round)")
                session.hangUp()
                session = rung.session
            }
            let last = TestReferral(session, to: telephones[0].account.username)
            #expect(try await last.outcome() == .refused(status: 403))
            there.session.hangUp()
            #expect(try await place.settled().count == 7)
        }
    }

    /// The telephone holds its party first, as most do.
    @Test func aPartyOnHoldIsHandedOver() async throws {
        try await TransferPlace.run { place in
            let (caller, call) = try await place.ring()
            let inbound = try await place.world.inboundCall()
            let leg = try await place.world.leg(of: inbound)
            try await place.world.wait(for: .answered, of: leg)
            _ = try await CommandCall(place.world.context)(
                workspaceID: place.world.workspace.id,
                reference: leg.id.uuidString,
                command: .hold
            )
            try await place.world.entry("call.command", of: leg)
            let referral = TestReferral(call.session, to: TransferPlace.target)
            let target = try await place.carrier.nextCall()
            #expect(try await referral.outcome() == .finished(status: 200))
            try await place.hear(caller, target)
            caller.hangUp()
            _ = try await place.settled()
        }
    }
}
