import Primitives
import Testing

@Suite struct IdentifierTests {
    @Test func hasVersionAndVariant() {
        let id = Identifier(at: Timestamp(millisecondsSinceEpoch: 0x0190_0000_0000), random: (.max, .max))
        #expect(id.uuidString == "01900000-0000-7fff-bfff-ffffffffffff")
        #expect(id.moment.millisecondsSinceEpoch == 0x0190_0000_0000)
    }

    @Test(arguments: [
        (-62_135_596_800_000, "00000000-0000-7000-8000-000000000000"), (0, "00000000-0000-7000-8000-000000000000"),
        (0x0190_0000_0000, "01900000-0000-7000-8000-000000000000"),
        (.max, "ffffffff-ffff-7000-8000-000000000000"),
    ])
    func theFirstOfAMomentIsBeforeAllOthers(_ milliseconds: Int64, _ expected: String) {
        #expect(Identifier.first(at: Timestamp(millisecondsSinceEpoch: milliseconds)).uuidString == expected)
    }

    @Test func everyRenderingReadsBack() throws {
        let source = SeededIdentifierSource(seed: 7, clock: ManualWallClock())
        for _ in 0..<500 {
            let id = source.next()
            #expect(Identifier(parsing: id.uuidString) == id)
            #expect(Identifier(parsing: id.uuidString.uppercased()) == id)
            #expect(Identifier(parsing: id.rendered(prefix: "call")) == id)
            #expect(Identifier(parsing: id.rendered(prefix: "num").uppercased()) == id)
            #expect(Identifier(parsing: "CA" + id.hexUpper) == id)
            #expect(Identifier(bytes: id.bytes) == id)
        }
    }

    @Test(arguments: [
        "", "call_", "call_8zzzzzzzzzzzzzzzzzzzzzzzzz", "01900000-0000-7000-8000-00000000000g",
        "XX" + "0123456789abcdef0123456789abcdef",
        "01900000_0000_7000_8000_000000000001", String(repeating: "0", count: 65), "num_01j0000000000000000000000u",
        "num_01j0000000000000000000000\u{11}",
    ])
    func refuses(text: String) {
        #expect(Identifier(parsing: text) == nil)
    }

    @Test func risesWithinOneMillisecondAndWhenTheClockStepsBack() {
        let clock = ManualWallClock()
        let source = SystemIdentifierSource(clock: clock)
        var last = source.next()
        for step in 0..<20_000 {
            if step == 10_000 { clock.advance(by: .seconds(-5)) }
            let next = source.next()
            #expect(next > last)
            last = next
        }
    }

    @Test func sameSeedSameIdentifiers() {
        let clock = ManualWallClock()
        let (left, right) = (
            SeededIdentifierSource(seed: 1, clock: clock), SeededIdentifierSource(seed: 1, clock: clock)
        )
        #expect((0..<10).map { _ in left.next() } == (0..<10).map { _ in right.next() })
        #expect(left.secret(byteCount: 32) == right.secret(byteCount: 32))
    }

    @Test func successorsRiseAndDifferByWhatTheyAreMadeWith() {
        let ids = SeededIdentifierSource(seed: 21, clock: ManualWallClock())
        let mark = Identifier.first(at: ManualWallClock().now() + .seconds(60))
        var found: Set<Identifier> = []
        var last = mark
        for _ in 0..<500 {
            let other = ids.next()
            found.insert(mark.successor(by: other))
            let next = last.successor(by: other)
            #expect(next > last && next.moment == mark.moment)
            #expect(next.bytes[6] >> 4 == 7 && next.bytes[8] >> 6 == 2)
            last = next
        }
        #expect(found.count == 500 && !found.contains(mark))
    }
}
