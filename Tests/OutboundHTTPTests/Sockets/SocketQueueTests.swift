import Testing

@testable import OutboundHTTP

@Suite struct SocketQueueTests {
    private static func sound(_ number: UInt8, size: Int = 10) -> OutgoingSocketMessage {
        OutgoingSocketMessage(.binary, [UInt8](repeating: number, count: size), isPerishable: true)
    }

    private static func drained(_ outbox: inout SocketOutbox) -> [UInt8] {
        var numbers: [UInt8] = []
        while let message = outbox.next() { numbers.append(message.bytes[0]) }
        return numbers
    }

    @Test func theOldestSoundIsDroppedFirst() {
        var outbox = SocketOutbox(maxBytes: 50, maxMessages: 100)
        for number in 0..<8 as Range<UInt8> { #expect(outbox.add(Self.sound(number)) == true) }
        #expect(outbox.dropped == 3)
        #expect(Self.drained(&outbox) == [3, 4, 5, 6, 7])
    }

    @Test func whatMustArriveIsNotDropped() {
        var outbox = SocketOutbox(maxBytes: 1000, maxMessages: 4)
        #expect(outbox.add(.text("a")) == true)
        for number in 0..<9 as Range<UInt8> { #expect(outbox.add(Self.sound(number)) == true) }
        for text in ["b", "c", "d"] { #expect(outbox.add(.text(text)) == true) }
        #expect(outbox.dropped == 9)
        #expect(outbox.add(.text("e")) == false)
        #expect(outbox.add(Self.sound(9)) == false)
        #expect(outbox.dropped == 10)
        #expect(Self.drained(&outbox) == Array("abcd".utf8))
        #expect(outbox.add(.text("e")) == true)
    }

    @Test func whatIsTooLargeIsNotTaken() {
        var outbox = SocketOutbox(maxBytes: 50, maxMessages: 10)
        #expect(outbox.add(Self.sound(1, size: 51)) == false)
        #expect(outbox.next() == nil)
    }

    /// However long it is used, what it holds stays in order and within its limits.
    @Test func theOrderHoldsForEver() {
        var outbox = SocketOutbox(maxBytes: 1_000_000, maxMessages: 8)
        var expected: [UInt8] = []
        for step in 0..<10_000 {
            let number = UInt8(step % 251)
            if outbox.add(Self.sound(number)) {
                if expected.count == 8 { expected.removeFirst() }
                expected.append(number)
            }
            if step % 3 == 0 {
                #expect(outbox.next()?.bytes.first == expected.removeFirst())
            }
            #expect(outbox.count == expected.count)
        }
    }

    @Test func readingStopsAndGoesOn() {
        var unread = UnreadMessages(maxBytes: 100, maxMessages: 4)
        for text in ["a", "b", "c"] { unread.add(.text(text)) }
        #expect(unread.mayRead() == true)
        unread.add(.text("d"))
        #expect(unread.mayRead() == false)
        #expect(unread.next()?.resumes == false)
        let second = unread.next()
        #expect(second?.message == .text("b"))
        #expect(second?.resumes == true)
        #expect(unread.next()?.resumes == false)
        unread.add(.binary([UInt8](repeating: 0, count: 100)))
        #expect(unread.mayRead() == false)
        #expect(unread.next()?.message == .text("d"))
        #expect(unread.next()?.resumes == true)
        #expect(unread.next() == nil)
    }
}
