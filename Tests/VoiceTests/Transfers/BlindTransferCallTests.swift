import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Telephones that hand their party over to somebody whom they have not called before (RFC 5589 section 6).
@Suite(.timeLimit(.minutes(2))) struct BlindTransferCallTests {
    @Test func whomTheTelephoneHasCalledIsConnectedWithTheTarget() async throws {
        try await TransferPlace.run { place in
            let world = place.world
            let before = try await world.balance()
            let (phone, there) = try await place.call()
            let referral = try TestReferral(phone.call, to: "0733000200")
            let target = try await place.carrier.nextCall()
            #expect(target.request.uri.user == TransferPlace.target)
            #expect(target.request.headers.from?.uri.user == VoiceWorld.number)
            #expect(try await referral.outcome() == .finished(status: 200))
            phone.hangUp()
            try await place.hear(there, target)
            let (first, second) = (
                try await place.leg(to: VoiceWorld.callee), try await place.leg(to: TransferPlace.target)
            )
            #expect(second.parentID == first.id)
            _ = try await world.ended(try await world.call { $0.parentID == nil })
            world.clock.advance(by: .seconds(60))
            target.session.hangUp()
            _ = try await there.ended()
            let calls = try await place.settled()
            #expect(calls.count == 3 && calls.allSatisfy { $0.status == .completed })
            let own = try #require(calls.first { $0.parentID == nil })
            #expect(own.costMinor == 0 && own.durationSeconds == 0)
            #expect(calls.filter { $0.id != own.id }.allSatisfy { $0.costMinor > 0 })
            #expect(try await world.balance() == before - calls.reduce(0) { $0 + $1.costMinor })
            let kinds = try await world.kinds(own)
            #expect(kinds.contains("transfer.requested") && kinds.contains("transfer.completed"))
            #expect(try await world.kinds(first).contains("transfer.connected"))
        }
    }

    @Test func whoHasCalledTheTelephoneIsConnectedWithTheTarget() async throws {
        try await TransferPlace.run { place in
            let (caller, call) = try await place.ring()
            try await place.hear(caller, call)
            let referral = TestReferral(call.session, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            try await referral.rings()
            try await caller.hears(425)
            target.answer()
            #expect(try await referral.outcome() == .finished(status: 200))
            // A telephone that does not hang up by itself is hung up on.
            _ = try await call.ended()
            try await place.hear(caller, target)
            caller.hangUp()
            _ = try await target.ended()
            let calls = try await place.settled()
            #expect(calls.count == 3 && calls.allSatisfy { $0.status == .completed })
            let inbound = try #require(calls.first { $0.direction == .inbound })
            #expect(calls.filter { $0.parentID == inbound.id }.count == 2)
        }
    }

    @Test(arguments: [
        (TransferPlace.busy, 486), ("+254900123456", 403), ("12", 404), ("nobody", 480), ("u23456789abcdefg", 480),
    ])
    func whenTheTargetIsNotReachedTheTwoSpeakOn(target: String, status: Int) async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let referral = try TestReferral(phone.call, to: target)
            #expect(try await referral.outcome() == .finished(status: status))
            try await place.hear(phone, there)
            let own = try await place.world.call { $0.parentID == nil }
            let failed = try await place.world.entry("transfer.failed", of: own)
            #expect(failed.details["status"] == .integer(Int64(status)))
            // Once more, and rightly: one that has failed is over.
            let again = try TestReferral(phone.call, to: TransferPlace.target)
            #expect(try await again.outcome() == .finished(status: 200))
            there.session.hangUp()
            try await phone.ended()
            _ = try await place.settled()
        }
    }

    @Test func aTelephoneThatHangsUpEarlyHasHandedOver() async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let referral = try TestReferral(phone.call, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            try await referral.rings()
            phone.hangUp()
            _ = try await place.world.ended(try await place.world.call { $0.parentID == nil })
            target.answer()
            try await place.hear(there, target)
            there.session.hangUp()
            _ = try await target.ended()
            #expect(try await place.settled().count == 3)
        }
    }

    @Test func ifThatFailsNobodyIsLeft() async throws {
        try await TransferPlace.run { place in
            let (caller, call) = try await place.ring()
            let referral = TestReferral(call.session, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            try await referral.rings()
            call.session.hangUp()
            _ = try await place.world.ended(try await place.world.call { $0.to.hasPrefix("sip:") })
            target.reject(486)
            try await caller.ended()
            _ = try await place.settled()
        }
    }

    @Test func aPartyWhoHangsUpEndsAll() async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let referral = try TestReferral(phone.call, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            try await referral.rings()
            there.session.hangUp()
            _ = try await target.ended()
            try await phone.ended()
            let calls = try await place.settled()
            #expect(calls.first { $0.to == TransferPlace.ringing }?.status == .canceled)
        }
    }

    @Test func ofTwoRefersAtOnceOneIsTaken() async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let one = try TestReferral(phone.call, to: TransferPlace.ringing)
            let target = try await place.carrier.nextCall()
            let other = try TestReferral(phone.call, to: TransferPlace.target)
            #expect(try await other.outcome() == .refused(status: 491))
            target.answer()
            #expect(try await one.outcome() == .finished(status: 200))
            phone.hangUp()
            try await place.hear(there, target)
            there.session.hangUp()
            #expect(try await place.settled().count == 3)
        }
    }

    @Test func anotherTelephoneIsTheTargetAndHandsOverAgain() async throws {
        try await TransferPlace.run { place in
            let colleague = try await place.colleague()
            let (phone, there) = try await place.call()
            let first = try TestReferral(phone.call, to: colleague.account.username)
            let rung = try await colleague.nextCall()
            #expect(rung.request.headers.from?.uri.user == VoiceWorld.callee)
            #expect(try await first.outcome() == .finished(status: 200))
            phone.hangUp()
            try await place.hear(there, rung)
            let second = TestReferral(rung.session, to: TransferPlace.target)
            #expect(try await second.outcome() == .finished(status: 200))
            let target = try await place.carrier.nextCall()
            rung.session.hangUp()
            try await place.hear(there, target)
            target.session.hangUp()
            _ = try await there.ended()
            let calls = try await place.settled()
            #expect(calls.count == 4 && calls.allSatisfy { $0.status == .completed })
        }
    }

    /// The customer would pay for whom the carrier wants to be called.
    @Test func aCarrierHandsNobodyOver() async throws {
        try await TransferPlace.run { place in
            let (phone, there) = try await place.call()
            let referral = TestReferral(there.session, to: TransferPlace.target)
            #expect(try await referral.outcome() == .refused(status: 603))
            #expect(place.carrier.callCount == 1)
            phone.hangUp()
            _ = try await place.settled()
        }
    }
}
