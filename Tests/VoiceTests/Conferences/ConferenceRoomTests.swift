import Platform
import Primitives
import Testing

@testable import Voice

/// Who hears whom in a conference, as a value.
@Suite struct ConferenceRoomTests {
    private static let ids = (0..<4).map { _ in SystemIdentifierSource(clock: ManualWallClock()).next() }
    private static let (amina, brian, chao, dalia) = (ids[0], ids[1], ids[2], ids[3])

    private func enter(_ member: ConferenceRoom.Member, limit: Int = 250) -> ConferenceRoom.Event {
        .enter(member, limit: limit)
    }

    /// A room with these in it.
    private func room(_ members: ConferenceRoom.Member...) -> ConferenceRoom {
        var room = ConferenceRoom()
        for member in members { _ = room.handle(enter(member)) }
        return room
    }

    @Test func theFirstHearsMusicUntilSomebodyComes() {
        var room = ConferenceRoom()
        #expect(
            room.handle(enter(.init(id: Self.amina))) == [
                .tell(.join, Self.amina), .tell(.start, nil), .wait(Self.amina),
            ]
        )
        #expect(
            room.handle(enter(.init(id: Self.brian))) == [
                .tell(.join, Self.brian), .mix(Self.amina, isMuted: false), .mix(Self.brian, isMuted: false),
            ]
        )
        #expect(room.handle(.leave(Self.amina)) == [.tell(.leave, Self.amina), .wait(Self.brian)])
        #expect(room.handle(.leave(Self.brian)) == [.tell(.leave, Self.brian), .tell(.end, nil), .close])
        #expect(room.isClosed && room.handle(enter(.init(id: Self.chao))).isEmpty)
    }

    @Test func thoseWhoWaitForTheModeratorHearNobodyUntilThen() {
        var room = room(.init(id: Self.amina, startsRoom: false), .init(id: Self.brian, startsRoom: false))
        #expect(!room.hasStarted)
        #expect(
            room.handle(enter(.init(id: Self.chao))) == [
                .tell(.join, Self.chao), .tell(.start, nil), .mix(Self.amina, isMuted: false),
                .mix(Self.brian, isMuted: false), .mix(Self.chao, isMuted: false),
            ]
        )
    }

    @Test func whenTheModeratorLeavesAllGoOnWithTheirDocuments() {
        var room = room(.init(id: Self.amina, endsRoom: true), .init(id: Self.brian), .init(id: Self.chao))
        #expect(
            room.handle(.leave(Self.amina)) == [
                .tell(.leave, Self.amina), .tell(.leave, Self.brian), .tell(.leave, Self.chao), .tell(.end, nil),
                .release(Self.brian), .release(Self.chao), .close,
            ]
        )
    }

    @Test func whoIsMutedOrHeldIsHeardByNobody() {
        var room = room(.init(id: Self.amina), .init(id: Self.brian), .init(id: Self.chao, isMuted: true))
        #expect(room.handle(.mute(Self.amina, true)) == [.mix(Self.amina, isMuted: true), .tell(.mute, Self.amina)])
        #expect(room.handle(.mute(Self.amina, true)).isEmpty)
        #expect(room.handle(.hold(Self.brian, true)) == [.wait(Self.brian)])
        // Of three one is left in the mix with somebody: two.
        #expect(room.handle(.hold(Self.chao, true)) == [.wait(Self.amina), .wait(Self.chao)])
        #expect(
            room.handle(.hold(Self.chao, false)) == [.mix(Self.amina, isMuted: true), .mix(Self.chao, isMuted: true)]
        )
        #expect(
            room.handle(.mute(Self.amina, false)) == [.mix(Self.amina, isMuted: false), .tell(.unmute, Self.amina)]
        )
    }

    @Test func whoComesWhenTheRoomIsFullWaitsAndIsNotCounted() {
        var room = room(.init(id: Self.amina), .init(id: Self.brian))
        #expect(room.handle(enter(.init(id: Self.chao), limit: 2)) == [.wait(Self.chao)])
        #expect(room.count == 2)
        // A place that becomes free is not theirs: they stay where they are until they hang up.
        #expect(room.handle(.leave(Self.brian)) == [.tell(.leave, Self.brian), .wait(Self.amina)])
        #expect(room.handle(.leave(Self.chao)).isEmpty)
        #expect(room.handle(.leave(Self.amina)) == [.tell(.leave, Self.amina), .tell(.end, nil), .close])
    }

    @Test func aBeepTellsOfThoseWhoWantIt() {
        var room = room(.init(id: Self.amina))
        let heard = room.handle(enter(.init(id: Self.brian, beeps: true)))
        #expect(heard.last == .beep)
        #expect(room.handle(.leave(Self.brian)) == [.tell(.leave, Self.brian), .beep, .wait(Self.amina)])
    }

    @Test func theRecordingBeginsOnceWithTheRoom() {
        var room = room(.init(id: Self.amina, startsRoom: false, records: true))
        #expect(room.handle(enter(.init(id: Self.brian, records: true))).last == .record(Self.amina))
        #expect(
            !room.handle(enter(.init(id: Self.chao, records: true))).contains {
                if case .record = $0 { true } else { false }
            }
        )
    }

    @Test func whoIsSentAwayGoesOn() {
        var room = room(.init(id: Self.amina), .init(id: Self.brian))
        #expect(
            room.handle(.kick(Self.brian)) == [.tell(.leave, Self.brian), .release(Self.brian), .wait(Self.amina)]
        )
        #expect(room.handle(.kick(Self.dalia)).isEmpty)
    }

    /// Whatever happens in whatever order: only those who take part are mixed, and never one alone.
    @Test func noOrderOfEventsLeavesAnybodyWithTheWrongSound() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            var room = ConferenceRoom()
            var mixed: Set<Identifier> = []
            for _ in 0..<40 {
                let id = Self.ids[Int.random(in: 0..<4, using: &random)]
                let events: [ConferenceRoom.Event] = [
                    enter(.init(id: id, startsRoom: Bool.random(using: &random)), limit: 3), .leave(id), .kick(id),
                    .mute(id, Bool.random(using: &random)), .hold(id, Bool.random(using: &random)),
                ]
                let event = events[Int.random(in: 0..<events.count, using: &random)]
                if case .leave = event { mixed.remove(id) }
                for command in room.handle(event) {
                    switch command {
                    case .mix(let id, _): mixed.insert(id)
                    case .wait(let id), .release(let id): mixed.remove(id)
                    case .beep, .record, .tell, .close: break
                    }
                }
                #expect(mixed.count != 1, "nobody sits alone in the mix")
                #expect(mixed.isSubset(of: room.members.filter { !$0.isHeld }.map(\.id)))
                if room.isClosed { break }
            }
        }
    }
}
