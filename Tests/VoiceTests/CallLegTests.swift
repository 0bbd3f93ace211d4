import Primitives
import SIPStack
import SIPWire
import Testing

@testable import Platform
@testable import Voice

/// The leg as a value: events in, actions out.
@Suite struct CallLegTests {
    static let trunks = ["nairobi", "mombasa"].enumerated().map { index, name in
        CallRoute.trunk(
            Trunk(
                id: SystemIdentifierSource(clock: ManualWallClock()).next(),
                name: name,
                host: "192.0.2.\(index + 1)",
                namedPort: 5060,
                transport: .udp,
                username: nil,
                password: nil,
                prefix: "+254",
                priority: index,
                purpose: .live
            )
        )
    }

    /// A device, at first with encrypted sound.
    static let device: [CallRoute] = {
        let id = SystemIdentifierSource(clock: ManualWallClock()).next()
        let place = DevicePlace(transport: .tls, address: "192.0.2.9", port: 5061, nodeID: id, userAgent: nil)
        let moment = ManualWallClock().now()
        guard let contact = SIPURI("sip:u@192.0.2.9"), let flow = SIPFlow(udpAddress: "192.0.2.9", port: 5060) else {
            return []
        }
        let registration = Registration(
            id: id,
            credentialID: id,
            contact: contact.text,
            instance: nil,
            flowNumber: nil,
            usesFlow: true,
            path: [],
            priority: 1000,
            callID: "1",
            number: 1,
            place: place,
            registeredAt: moment,
            expiresAt: moment
        )
        let way = DeviceWay(registration: registration, contact: contact, hop: .flow(flow))
        return [.device(way, isSecured: true), .device(way, isSecured: false)]
    }()

    /// What a leg does after each event, as text.
    static func trace(_ events: [LegEvent]) -> [String] {
        var leg = CallLeg()
        return events.map { event in leg.handle(event).map(text).joined(separator: ", ") }
    }

    private static func text(_ action: LegAction) -> String {
        switch action {
        case .invite(let route): "invite \(route.name)" + (route.isSecured ? ", secured" : "")
        case .ring: "ring"
        case .answer: "answer"
        case .refuse(let status): "refuse \(status)"
        case .hangUp(let cause): "hang up \(cause.rawValue)"
        case .connect: "connect"
        case .note(let kind, _, let change): change.map { "\(kind) \($0)" } ?? kind
        case .settle(let cause, let status): "settle \(cause.rawValue)" + (status.map { " \($0)" } ?? "")
        }
    }

    @Test func anOrdinaryCall() {
        #expect(
            Self.trace([
                .dial(Self.trunks), .provisional(status: 180, hasEarlyMedia: false),
                .provisional(status: 180, hasEarlyMedia: false), .answered, .ended(.remoteBye(q850: 16)),
                .ended(.localBye), .hangUp(.normalClearing),
            ]) == [
                "sip.invite, invite nairobi", "sip.ringing alerting", "", "sip.answered answered, connect",
                "sip.ended, settle normal_clearing", "", "",
            ]
        )
    }

    /// A device that cannot encrypt is offered plain sound; one that is busy, or not there, is not rung again.
    @Test func aDeviceIsOfferedPlainSoundWhenItCannotEncrypt() {
        func trace(_ status: Int) -> [String] {
            Self.trace([.dial(Self.device), .failed(.status(status, q850: nil)), .answered])
        }
        for status in [415, 488, 606] {
            #expect(
                trace(status) == [
                    "sip.invite, invite device, secured", "sip.failed, sip.invite, invite device",
                    "sip.answered answered, connect",
                ]
            )
        }
        for status in [408, 480, 486, 500, 503, 603] {
            let cause = HangupCause(sipStatus: status).rawValue
            #expect(Array(trace(status).suffix(2)) == ["sip.failed, settle \(cause) \(status)", ""])
        }
        let plain = [CallRoute](Self.device.dropFirst())
        let refused = Self.trace([.dial(plain), .failed(.status(488, q850: nil))]).last
        #expect(refused == "sip.failed, settle incompatible_destination 488")
    }

    @Test func earlyMediaIsNotedOnceAndIsMoreThanRinging() {
        let early = LegEvent.provisional(status: 183, hasEarlyMedia: true)
        let ringing = LegEvent.provisional(status: 180, hasEarlyMedia: false)
        #expect(
            Self.trace([.dial(Self.trunks), ringing, early, early, ringing]) == [
                "sip.invite, invite nairobi", "sip.ringing alerting", "sip.early_media alerting", "", "",
            ]
        )
    }

    @Test(arguments: [408, 480, 500, 502, 503, 504])
    func theNextTrunkIsTriedAfterATrunksFault(status: Int) {
        let failed = LegEvent.failed(.status(status, q850: nil))
        #expect(
            Self.trace([.dial(Self.trunks), failed, .answered]) == [
                "sip.invite, invite nairobi", "sip.failed, sip.invite, invite mombasa",
                "sip.answered answered, connect",
            ]
        )
        #expect(
            Self.trace([.dial(Self.trunks), failed, failed]).last
                == "sip.failed, settle \(HangupCause(sipStatus: status).rawValue) \(status)"
        )
    }

    @Test(arguments: [400, 403, 404, 486, 487, 488, 501, 505, 600, 603, 604])
    func nobodyElseIsAskedAfterANo(status: Int) {
        #expect(
            Self.trace([.dial(Self.trunks), .failed(.status(status, q850: nil))]).last
                == "sip.failed, settle \(HangupCause(sipStatus: status).rawValue) \(status)"
        )
    }

    @Test func aTrunkThatCannotBeReachedIsPassedOver() {
        #expect(
            Self.trace([.dial(Self.trunks), .failed(.noResponse), .failed(.transport)]) == [
                "sip.invite, invite nairobi", "sip.failed, sip.invite, invite mombasa",
                "sip.failed, settle network_out_of_order",
            ]
        )
        #expect(Self.trace([.dial([])]) == ["settle no_trunk"])
        #expect(Self.trace([.noMediaPort]) == ["settle no_media_port"])
        #expect(Self.trace([.dial(Self.trunks), .failed(.ringTimeout)]).last == "sip.failed, settle no_answer")
        #expect(Self.trace([.dial(Self.trunks), .failed(.notAuthorised)]).last == "sip.failed, settle call_rejected")
    }

    @Test func aNamedCauseCountsMoreThanTheStatusUnlessItSaysNothing() {
        #expect(
            Self.trace([.dial(Self.trunks), .failed(.status(403, q850: 1))]).last
                == "sip.failed, settle unallocated_number 403"
        )
        // "Normal clearing" on a refusal must not look as if the caller had hung up.
        #expect(
            Self.trace([.dial([Self.trunks[0]]), .failed(.status(480, q850: 16))]).last
                == "sip.failed, settle no_answer 480"
        )
        #expect(
            Self.trace([.dial(Self.trunks), .answered, .ended(.remoteBye(q850: 27))]).last
                == "sip.ended, settle destination_out_of_order"
        )
    }

    @Test func aHangUpWinsOverWhateverTheTrunkSaysAfterIt() {
        #expect(Self.trace([.hangUp(.normalClearing)]) == ["settle normal_clearing"])
        #expect(
            Self.trace([
                .dial(Self.trunks), .hangUp(.normalClearing), .hangUp(.systemShutdown), .failed(.canceled),
            ]) == [
                "sip.invite, invite nairobi", "hang up normal_clearing", "", "sip.failed, settle normal_clearing",
            ]
        )
        // A 503 that crosses our CANCEL does not dial the next trunk.
        #expect(
            Self.trace([.dial(Self.trunks), .hangUp(.normalClearing), .failed(.status(503, q850: nil))]).last
                == "sip.failed, settle normal_clearing 503"
        )
        // Answered while the hang-up was on its way: billed, but no media is started.
        #expect(
            Self.trace([.dial(Self.trunks), .hangUp(.normalClearing), .answered, .ended(.localBye)]).suffix(2) == [
                "sip.answered answered", "sip.ended, settle normal_clearing",
            ]
        )
    }

    @Test func silenceEndsAnAnsweredCallOnly() {
        #expect(
            Self.trace([.dial(Self.trunks), .silence, .answered, .silence, .ended(.localBye)]) == [
                "sip.invite, invite nairobi", "", "sip.answered answered, connect", "hang up media_timeout",
                "sip.ended, settle media_timeout",
            ]
        )
    }

    @Test func anAnswerThatCannotBeUsedIsHungUp() {
        #expect(
            Self.trace([.dial(Self.trunks), .incompatible, .ended(.localBye)]) == [
                "sip.invite, invite nairobi",
                "sip.incompatible, hang up incompatible_destination, settle incompatible_destination", "",
            ]
        )
    }

    @Test func aSessionThatNobodyRefreshesHasTimedOut() {
        #expect(
            Self.trace([.dial(Self.trunks), .answered, .ended(.expired)]).last
                == "sip.ended, settle recovery_on_timer_expire"
        )
    }

    @Test func aCallThatComesInIsAnsweredAndEndsOnce() {
        #expect(
            Self.trace([.offered, .answer, .answer, .ended(.remoteBye(q850: 16)), .ended(.localBye)]) == [
                "ring", "answer, sip.answered answered, connect", "", "sip.ended, settle normal_clearing", "",
            ]
        )
    }

    @Test func aCallThatComesInIsRefusedWithoutAnAnswer() {
        #expect(
            Self.trace([.offered, .refuse(status: 486, .userBusy), .answer]) == [
                "ring", "refuse 486, sip.refused, settle user_busy 486", "",
            ]
        )
        #expect(
            Self.trace([.offered, .incompatible])[1] == "refuse 488, sip.refused, settle incompatible_destination 488"
        )
        #expect(
            Self.trace([.offered, .hangUp(.systemShutdown)])[1] == "refuse 480, sip.refused, settle system_shutdown 480"
        )
    }

    @Test func aCallerWhoGivesUpHasCanceled() {
        #expect(Self.trace([.offered, .failed(.canceled)])[1] == "sip.canceled, settle originator_cancel 487")
        #expect(
            Self.trace([.offered, .answer, .ended(.noAcknowledgement)])[2]
                == "sip.ended, settle recovery_on_timer_expire"
        )
    }
}
