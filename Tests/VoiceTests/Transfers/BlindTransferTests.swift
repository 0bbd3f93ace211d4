import Platform
import Primitives
import Testing

@testable import Voice

/// A transfer as the one sees it who is kept, and which REFERs are taken, as values.
@Suite struct BlindTransferTests {
    private static let ids = (0..<2).map { _ in SystemIdentifierSource(clock: ManualWallClock()).next() }
    private static let (one, two) = (ids[0], ids[1])

    private static func calling(_ ids: [Identifier]) -> BlindTransfer {
        var transfer = BlindTransfer()
        #expect(transfer.handle(.placed(ids)).isEmpty)
        return transfer
    }

    @Test func whoAnswersTakesThePlaceOfTheTransferor() {
        let (one, two) = (Self.one, Self.two)
        var transfer = Self.calling([one, two])
        #expect(transfer.handle(.ringing(one)) == [.report(.progressed(status: 180)), .ringBack])
        #expect(transfer.handle(.ringing(two)).isEmpty)
        #expect(transfer.handle(.ready(two)) == [.giveUp(one), .connect(two), .report(.completed(two))])
        #expect(transfer.handle(.transferorLeft).isEmpty)
        #expect(transfer.handle(.ended(one, .originatorCancel)).isEmpty)
        #expect(transfer.group?.winner == two)
        // Both have answered in the same moment.
        #expect(transfer.handle(.ready(one)) == [.giveUp(one)])
    }

    @Test func theNetworkOfTheTargetIsHeard() {
        var transfer = Self.calling([Self.one])
        #expect(transfer.handle(.earlyMedia(Self.one)) == [.report(.progressed(status: 183)), .hear(Self.one)])
    }

    @Test(arguments: [
        (HangupCause.userBusy, 486), (.noAnswer, 480), (.callRejected, 603), (.unallocatedNumber, 404), (.noTrunk, 503),
    ])
    func ifNobodyIsReachedTheTwoSpeakOn(cause: HangupCause, status: Int) {
        var transfer = Self.calling([Self.one])
        #expect(transfer.handle(.ended(Self.one, cause)) == [.report(.failed(status: status)), .restore])
        #expect(transfer.handle(.ringing(Self.one)).isEmpty)
    }

    @Test func ofSeveralTheMostTellingReasonIsTold() {
        var transfer = Self.calling(Self.ids)
        #expect(transfer.handle(.ended(Self.one, .userBusy)).isEmpty)
        #expect(transfer.handle(.ended(Self.two, .noAnswer)) == [.report(.failed(status: 486)), .restore])
    }

    @Test func aNumberThatMayNotBeCalledLeavesTheTwo() {
        var transfer = BlindTransfer()
        #expect(transfer.handle(.refused(status: 403)) == [.report(.failed(status: 403)), .restore])
        #expect(transfer.handle(.placed([Self.one])).isEmpty)
    }

    @Test func aTransferorWhoHasGoneIsNotReturnedTo() {
        var transfer = BlindTransfer()
        #expect(transfer.handle(.transferorLeft).isEmpty)
        #expect(transfer.handle(.placed([Self.one])).isEmpty)
        #expect(transfer.handle(.ended(Self.one, .userBusy)) == [.report(.failed(status: 486)), .part])
    }

    @Test func aPartyWhoLeavesEndsIt() {
        var transfer = Self.calling(Self.ids)
        let given = Self.ids.map { BlindTransfer.Command.giveUp($0) }
        #expect(transfer.handle(.partyLeft) == given + [.report(.failed(status: 487))])
        #expect(transfer.handle(.ended(Self.one, .originatorCancel)).isEmpty)
        #expect(transfer.handle(.partyLeft).isEmpty)
    }

    @Test func oneReferAtATimeAndNotWithoutEnd() {
        var desk = ReferralDesk()
        for _ in 0..<ReferralDesk.referralLimit {
            #expect(desk.take(after: 0) == nil)
            #expect(desk.take(after: 0) == 491)
            let outcomes = [desk.finish(), desk.finish()]
            #expect(outcomes == [true, false])
        }
        #expect(desk.take(after: 0) == 403)
        var another = ReferralDesk()
        #expect(another.take(after: ReferralDesk.transferLimit) == 403)
        #expect(another.take(after: ReferralDesk.transferLimit - 1) == nil)
    }
}
