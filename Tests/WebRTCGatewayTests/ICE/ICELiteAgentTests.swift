import STUNWire
import Testing

@testable import WebRTCGateway

/// What a lite agent does, check by check.
@Suite struct ICELiteAgentTests {
    private let peer = Checker(Checker.credentials("a"))

    private func agent(_ change: (inout ICELimits) -> Void = { _ in }) throws -> TracedAgent {
        var limits = ICELimits()
        change(&limits)
        return try #require(TracedAgent(peer.credentials, limits))
    }

    @Test func aCheckIsAnsweredWithWhereItCameFrom() throws {
        let agent = try agent()
        for source in [Checker.mine, Checker.other] {
            let (answer, news) = agent.take(peer.check(), from: source)
            let read = try #require(peer.read(answer))
            #expect(read.type == STUNType(.success) && read.transaction == STUNTransaction(1, 7))
            #expect(read.mappedAddress == source && read.unknown.isEmpty && news == nil)
            #expect(agent.isKnown(source) && agent.selected == nil && !agent.hasConsent)
        }
        #expect(agent.counters.answered == 2)
    }

    @Test func theLastNominationCounts() throws {
        let agent = try agent()
        #expect(agent.take(peer.check(nominates: true)).news == .nominated(Checker.mine))
        #expect(agent.take(peer.check(nominates: true)).news == nil)
        #expect(agent.take(peer.check(), from: Checker.other).news == nil)
        #expect(agent.selected == Checker.mine && agent.hasConsent)
        #expect(agent.take(peer.check(nominates: true), from: Checker.other).news == .nominated(Checker.other))
        #expect(agent.selected == Checker.other && agent.isKnown(Checker.mine))
    }

    /// RFC 7675, of the side that sends no checks.
    @Test func silenceEndsConsent() throws {
        let agent = try agent()
        #expect(agent.tick(at: 500) == nil)
        _ = agent.take(peer.check(nominates: true), at: 1000)
        #expect(agent.tick(at: 1030) == nil)
        _ = agent.take(peer.check(), at: 1030)
        // Checks from elsewhere prove nothing about where packets go.
        _ = agent.take(peer.check(), from: Checker.other, at: 1050)
        #expect(agent.tick(at: 1060) == nil)
        #expect(agent.tick(at: 1060.5) == .consentLost && !agent.hasConsent)
        #expect(agent.tick(at: 1070) == nil)
        #expect(agent.take(peer.check(), at: 1080).news == .consentRegained)
        #expect(agent.hasConsent && agent.selected == Checker.mine)
        #expect(agent.tick(at: 1111) == .consentLost)
        #expect(
            agent.take(peer.check(nominates: true), from: Checker.other, at: 1112).news == .nominated(Checker.other)
        )
        #expect(agent.hasConsent)
    }

    // MARK: Restarts

    @Test func generationsOverlapUntilThePeerHasChosen() throws {
        let agent = try agent()
        _ = agent.take(peer.check(nominates: true))
        let renewed = Checker(Checker.credentials("b"))
        #expect(renewed.read(agent.take(renewed.check()).answer) == nil)
        #expect(agent.restart(renewed.credentials, at: 10))
        #expect(agent.selected == Checker.mine && agent.hasConsent)
        #expect(peer.read(agent.take(peer.check(), at: 11).answer) != nil)
        #expect(renewed.read(agent.take(renewed.check(), from: Checker.other, at: 11).answer) != nil)
        #expect(
            agent.take(renewed.check(nominates: true), from: Checker.other, at: 12).news == .nominated(Checker.other)
        )
        // Now the former is over.
        let late = agent.take(peer.check(nominates: true), at: 13)
        #expect(peer.read(late.answer, isSigned: false)?.errorCode == .unauthenticated && late.news == nil)
        #expect(agent.selected == Checker.other)
    }

    /// The same address may be chosen again: that ends the former generation, too.
    @Test func theSamePlaceCanBeChosenAnew() throws {
        let agent = try agent()
        _ = agent.take(peer.check(nominates: true))
        let renewed = Checker(Checker.credentials("b"))
        #expect(agent.restart(renewed.credentials, at: 10))
        #expect(agent.take(renewed.check(nominates: true), at: 11).news == nil)
        #expect(peer.read(agent.take(peer.check(), at: 12).answer) == nil)
        #expect(agent.selected == Checker.mine)
    }

    @Test func aFormerGenerationEndsByTime() throws {
        let agent = try agent()
        let renewed = Checker(Checker.credentials("b"))
        #expect(agent.restart(renewed.credentials, at: 10))
        #expect(agent.tick(at: 39) == nil)
        #expect(peer.read(agent.take(peer.check(), at: 39).answer) != nil)
        #expect(agent.tick(at: 40) == nil)
        #expect(peer.read(agent.take(peer.check(), at: 40).answer) == nil)
        // Of three generations two live.
        let third = Checker(Checker.credentials("c"))
        #expect(agent.restart(third.credentials, at: 50))
        #expect(renewed.read(agent.take(renewed.check(), at: 51).answer) != nil)
    }

    // MARK: Wrong checks

    @Test func whoDoesNotKnowThePasswordIsRefusedAndCounted() throws {
        let agent = try agent()
        let stranger = Checker(Checker.credentials("x"))
        let wrong = [
            stranger.check(nominates: true), stranger.check(nominates: true, username: "aaaaaaaa:brow"),
            peer.check(nominates: true, username: "aaaaaaaa"), peer.check(nominates: true, username: "aaaaaaa:brow"),
            peer.check(nominates: true, username: ""), peer.check(nominates: true, username: "aaaaaaaab:brow"),
        ]
        for datagram in wrong {
            let (answer, news) = agent.take(datagram)
            #expect(peer.read(answer, isSigned: false)?.errorCode == .unauthenticated && news == nil)
        }
        let unsigned = agent.take(peer.check(nominates: true, isSigned: false))
        #expect(peer.read(unsigned.answer, isSigned: false)?.errorCode == .badRequest && unsigned.news == nil)
        #expect(agent.counters.unauthentic == UInt64(wrong.count + 1) && agent.counters.answered == 0)
        #expect(agent.selected == nil && !agent.isKnown(Checker.mine))
    }

    @Test func aConflictOfRolesIsTold() throws {
        let agent = try agent()
        for breaker in [UInt64.min, .max] {
            let (answer, news) = agent.take(peer.check(nominates: true, role: .controlled(breaker)))
            #expect(peer.read(answer)?.errorCode == .roleConflict && news == nil)
        }
        #expect(agent.counters.refused == 2 && agent.selected == nil && !agent.isKnown(Checker.mine))
        #expect(agent.take(peer.check(nominates: true, role: nil)).news == .nominated(Checker.mine))
    }

    @Test func anAttributeThatIsNotKnownIsTold() throws {
        let agent = try agent()
        let (answer, _) = agent.take(peer.strangeCheck(0x42))
        let read = try #require(peer.read(answer))
        #expect(read.errorCode == .unknownAttribute && read.refused == [0x7F42])
    }

    @Test func whatIsNoCheckIsCounted() throws {
        let agent = try agent()
        for type in [STUNType(.indication), STUNType(.success), STUNType(.failure), STUNType(.request, method: 3)] {
            #expect(agent.take(peer.check(nominates: true, type: type)).answer.isEmpty)
        }
        #expect(agent.counters.unasked == 4)
        let good = peer.check(nominates: true)
        for count in 0..<good.count { #expect(agent.take(Array(good.prefix(count))).answer.isEmpty) }
        // The last eight bytes are not signed: they keep other protocols apart, and honest messages whole.
        for place in good.indices.dropLast(8) {
            var changed = good
            changed[place] ^= 0x10
            #expect(agent.take(changed, at: Double(place)).news == nil)
        }
        #expect(agent.counters.malformed > 100 && agent.selected == nil)
    }

    // MARK: Floods

    /// Whoever floods from elsewhere neither gets many answers nor keeps the peer from getting its own.
    @Test func aFloodTakesNothingFromThePeer() throws {
        let agent = try agent()
        _ = agent.take(peer.check(nominates: true))
        let forged = Checker(Checker.credentials("x")).check()
        var answers = 0
        for number in 0..<5000 {
            let time = 10 + Double(number) / 5000
            if !agent.take(forged, from: Checker.other, at: time).answer.isEmpty { answers += 1 }
            if number % 100 == 0 { #expect(peer.read(agent.take(peer.check(), at: time).answer) != nil) }
        }
        #expect((10...20).contains(answers))
        #expect((100...201).contains(agent.counters.unauthentic) && agent.counters.limited > 4700)
        #expect(agent.selected == Checker.mine && agent.hasConsent)
    }

    @Test func thePeerHasALimitToo() throws {
        let agent = try agent { $0.peerChecksPerSecond = 20 }
        _ = agent.take(peer.check(nominates: true))
        let answers = (0..<1000).filter { _ in !agent.take(peer.check(), at: 10).answer.isEmpty }
        #expect(answers.count == 20)
        #expect(
            !agent.take(peer.check(), at: 10.06).answer.isEmpty && agent.take(peer.check(), at: 10.06).answer.isEmpty
        )
    }

    /// The peer itself cannot make us remember more than a few addresses.
    @Test func addressesAreLimited() throws {
        let agent = try agent { $0.addresses = 3 }
        _ = agent.take(peer.check(nominates: true))
        for port in UInt16(1)...20 {
            #expect(peer.read(agent.take(peer.check(), from: STUNAddress(.v4(9), port)).answer) != nil)
        }
        let known = (UInt16(1)...20).filter { agent.isKnown(STUNAddress(.v4(9), $0)) }
        #expect(known.count <= 3 && known.contains(20) && agent.isKnown(Checker.mine))
    }

    @Test func aBufferThatIsTooSmallGetsNoAnswer() throws {
        let agent = try agent()
        #expect(agent.take(peer.check(), room: 30).answer.isEmpty)
    }
}
