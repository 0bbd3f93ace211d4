import Primitives
import Testing

@testable import Voice

/// Legs that ring at once, as a value.
@Suite struct DialGroupTests {
    private static let ids = (0..<3).map { _ in SystemIdentifierSource(clock: ManualWallClock()).next() }

    @Test func theFirstWhoAnswersIsConnectedAndTheOthersAreGivenUp() {
        let (one, two, three) = (Self.ids[0], Self.ids[1], Self.ids[2])
        var group = DialGroup(Self.ids)
        #expect(group.handle(.ringing(one)) == [.ringBack])
        #expect(group.handle(.ringing(two)).isEmpty)
        #expect(group.handle(.ready(two)) == [.giveUp(one), .giveUp(three), .connect(two)])
        // A hair's breadth later: both have answered.
        #expect(group.handle(.ready(one)) == [.giveUp(one)])
        #expect(group.handle(.ended(one, .canceled)).isEmpty)
        #expect(group.handle(.ended(three, .canceled)).isEmpty)
        #expect(group.handle(.ended(two, .completed)) == [.finish(.completed, two)])
    }

    @Test func whenNobodyAnswersTheMostTellingReasonIsTold() {
        let (one, two, three) = (Self.ids[0], Self.ids[1], Self.ids[2])
        var group = DialGroup(Self.ids)
        #expect(group.handle(.ended(one, .failed)).isEmpty)
        #expect(group.handle(.ended(two, .busy)).isEmpty)
        #expect(group.handle(.ended(three, .noAnswer)) == [.finish(.busy, two)])
    }

    @Test func earlyMediaIsHeardOfOneLegAlone() {
        let (one, two) = (Self.ids[0], Self.ids[1])
        var group = DialGroup([one, two])
        #expect(group.handle(.earlyMedia(one)) == [.ringBack])
        #expect(group.handle(.ended(two, .busy)).isEmpty)
        #expect(group.handle(.earlyMedia(one)) == [.hear(one)])
        #expect(group.handle(.ringing(one)).isEmpty)
    }

    @Test func aDialThatIsStoppedEndsWithItsLegs() {
        var group = DialGroup([Self.ids[0]])
        #expect(group.handle(.stop) == [.giveUp(Self.ids[0])])
        #expect(group.handle(.stop).isEmpty)
        #expect(group.handle(.ready(Self.ids[0])) == [.giveUp(Self.ids[0])])
        #expect(group.handle(.ended(Self.ids[0], .failed)) == [.finish(.canceled, Self.ids[0])])
        #expect(group.handle(.ended(Self.ids[0], .failed)).isEmpty)
    }
}
