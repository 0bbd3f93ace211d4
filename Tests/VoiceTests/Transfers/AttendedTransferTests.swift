import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Telephones that connect the parties of two of their calls (RFC 5589 section 7), and those that take the place of another one (RFC 3891).
@Suite(.timeLimit(.minutes(2))) struct AttendedTransferTests {
    @Test func callerAndCalleeOfATelephoneAreConnected() async throws {
        try await TransferPlace.run { place in
            let (caller, first) = try await place.ring()
            let (second, callee) = try await place.call()
            let replaces = try #require(try await second.call.replaces())
            let referral = TestReferral(first.session, to: VoiceWorld.callee, replacing: replaces)
            #expect(try await referral.outcome() == .finished(status: 200))
            // The second is ended by us, the first too if the telephone does not.
            try await second.ended()
            first.session.hangUp()
            try await place.hear(caller, callee)
            caller.hangUp()
            _ = try await callee.ended()
            let calls = try await place.settled()
            #expect(calls.count == 4 && calls.allSatisfy { $0.status == .completed })
        }
    }

    @Test func twoWhomATelephoneHasCalledAreConnected() async throws {
        try await TransferPlace.run { place in
            let before = try await place.world.balance()
            let (first, one) = try await place.call()
            let (second, other) = try await place.call(TransferPlace.target)
            let replaces = try #require(try await second.call.replaces())
            let referral = try TestReferral(first.call, to: TransferPlace.target, replacing: replaces)
            #expect(try await referral.outcome() == .finished(status: 200))
            try await second.ended()
            try await first.ended()
            try await place.hear(one, other)
            place.world.clock.advance(by: .seconds(60))
            other.session.hangUp()
            _ = try await one.ended()
            let calls = try await place.settled()
            #expect(calls.count == 4 && calls.filter { $0.costMinor > 0 }.count == 2)
            #expect(try await place.world.balance() == before - calls.reduce(0) { $0 + $1.costMinor })
        }
    }

    @Test func twoWhoHaveCalledATelephoneAreConnected() async throws {
        try await TransferPlace.run { place in
            let (one, first) = try await place.ring()
            let (other, second) = try await place.ring()
            let replaces = try #require(await second.session.replaces())
            let referral = TestReferral(first.session, to: "0722000111", replacing: replaces)
            #expect(try await referral.outcome() == .finished(status: 200))
            try await place.hear(one, other)
            one.hangUp()
            try await other.ended()
            #expect(try await place.settled().allSatisfy { $0.status == .completed })
        }
    }

    @Test func callsOfOthersAndUnknownOnesAreNotFound() async throws {
        try await TransferPlace.run { place in
            let stranger = try await place.stranger()
            let (phone, there) = try await place.call()
            let (other, elsewhere) = try await place.call(TransferPlace.target, from: stranger)
            let foreign = try #require(try await other.call.replaces())
            let own = try #require(try await phone.call.replaces())
            let made = Replaces(callID: own.callID, toTag: own.toTag, fromTag: "made-up")
            // Of the carrier's call the telephone knows nothing, whatever it says.
            let carriers = try #require(await there.session.replaces())
            for name in [foreign, own, made, carriers] {
                let referral = try TestReferral(phone.call, to: VoiceWorld.callee, replacing: name)
                #expect(try await referral.outcome() == .finished(status: 481))
            }
            try await place.hear(phone, there)
            try await place.hear(other, elsewhere)
            for one in [phone, other] {
                one.hangUp()
                try await one.ended()
            }
            _ = try await place.settled()
        }
    }

    @Test func aColleagueTakesACallOver() async throws {
        try await TransferPlace.run { place in
            let colleague = try await place.colleague()
            let (phone, there) = try await place.call()
            let replaces = try #require(try await phone.call.replaces())
            let taking = try colleague.call(VoiceWorld.callee, at: place.world.port, replacing: replaces)
            try await taking.answered()
            try await phone.ended()
            try await place.hear(taking, there)
            // There is no way to a call that is over.
            let late = try colleague.call(VoiceWorld.callee, at: place.world.port, replacing: replaces)
            #expect(try await late.refusal() == 481)
            there.session.hangUp()
            try await taking.ended()
            let calls = try await place.settled()
            #expect(calls.count == 3 && calls.allSatisfy { $0.status == .completed })
            #expect(place.carrier.callCount == 1)
        }
    }

    @Test func theCallOfACallerIsTakenOverToo() async throws {
        try await TransferPlace.run { place in
            let (caller, call) = try await place.ring()
            let replaces = try #require(await call.session.replaces())
            let colleague = try await place.colleague()
            let taking = try colleague.call("pickup", at: place.world.port, replacing: replaces)
            try await taking.answered()
            _ = try await call.ended()
            try await place.hear(taking, caller)
            taking.hangUp()
            try await caller.ended()
            let calls = try await place.settled()
            let taken = try #require(calls.first { $0.direction == .outbound && $0.to == InboundTests.caller })
            #expect(taken.costMinor == 0 && taken.parentID == calls.first { $0.direction == .inbound }?.id)
        }
    }

    @Test func nobodyElseTakesACallOver() async throws {
        try await TransferPlace.run { place in
            let stranger = try await place.stranger()
            let (phone, there) = try await place.call()
            let replaces = try #require(try await phone.call.replaces())
            let early = Replaces(
                callID: replaces.callID,
                toTag: replaces.toTag,
                fromTag: replaces.fromTag,
                isEarlyOnly: true
            )
            let port = place.world.port
            let foreign = try stranger.call(VoiceWorld.callee, at: port, replacing: replaces)
            #expect(try await foreign.refusal() == 481)
            let tooLate = try place.telephone.call(VoiceWorld.callee, at: port, replacing: early)
            #expect(try await tooLate.refusal() == 486)
            let carrier = try place.carrier.call(
                VoiceWorld.number,
                from: InboundTests.caller,
                port: port,
                replacing: replaces
            )
            #expect(try await carrier.refusal() == 403)
            try await place.hear(phone, there)
            phone.hangUp()
            _ = try await place.settled()
        }
    }
}
