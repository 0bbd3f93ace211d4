import RTPWire
import Testing

@Suite struct DigitDetectorTests {
    private var detector = DigitDetector()

    @Test func aKeyIsHeardOnceWhateverIsLost() {
        var random = SplitMix(seed: 3)
        for _ in 0..<500 {
            var detector = DigitDetector()
            var heard = ""
            for (index, key) in "5#19".enumerated() {
                let code = UInt8(TelephoneEvent.keys.firstIndex(of: key) ?? 0)
                let survivor = Int(random.next() % 8)
                for packet in 0..<8 where packet == survivor || random.next() % 3 > 0 {
                    let event = TelephoneEvent(code: code, isEnd: packet >= 5, duration: UInt16(160 * (packet + 1)))
                    if let key = detector.receive(event, timestamp: UInt32(5000 * (index + 1))) { heard.append(key) }
                }
            }
            #expect(heard == "5#19")
        }
    }

    @Test mutating func aLatePacketOfAnEarlierKeyIsNoKey() {
        #expect(hear("1", 1000, 800, isEnd: true) == "1")
        #expect(hear("2", 3000, 160) == "2")
        #expect(hear("1", 1000, 640) == nil)
        #expect(hear("2", 3000, 800, isEnd: true) == nil)
        #expect(hear("2", 4600, 160) == "2")
    }

    /// All ends of the first press were lost.
    @Test mutating func theSameKeyAgainIsAnotherPress() {
        #expect(hear("1", 1000, 800) == "1")
        #expect(hear("1", 2600, 160, marker: true) == "1")
        #expect(hear("1", 4200, 160) == "1")
    }

    @Test mutating func aKeyHeldForAMinuteIsOne() {
        var heard = ""
        for segment in 0..<7 {
            let start = UInt32(segment) &* 65_535 &+ 4_294_900_000
            for duration in stride(from: 160, through: 65_535, by: 160) where duration % 800 != 0 {
                let isFirst = segment == 0 && duration == 160
                if let key = hear("9", start, UInt16(duration), marker: isFirst) { heard.append(key) }
            }
        }
        #expect(heard == "9")
    }

    @Test mutating func aSenderThatMovesTheTimestampPressesOnce() {
        var heard = ""
        for packet in 0..<10 {
            let key = hear("4", UInt32(160 * packet), UInt16(160 * (packet + 1)), isEnd: packet > 7)
            if let key { heard.append(key) }
        }
        #expect(heard == "4")
        #expect(hear("4", 4000, 160) == "4")
    }

    @Test mutating func aSenderThatStartsOverIsHeard() {
        #expect(hear("1", 3_000_000, 800, isEnd: true) == "1")
        #expect(hear("2", 500, 160) == "2")
    }

    @Test mutating func eventsThatAreNoKeysAreNot() {
        #expect(detector.receive(TelephoneEvent(code: 16, isEnd: false, duration: 160), timestamp: 1) == nil)
        #expect(detector.receive(TelephoneEvent(code: 255, isEnd: true, duration: 160), timestamp: 2) == nil)
    }

    private mutating func hear(
        _ key: Character,
        _ timestamp: UInt32,
        _ duration: UInt16,
        isEnd: Bool = false,
        marker: Bool = false
    ) -> Character? {
        let code = UInt8(TelephoneEvent.keys.firstIndex(of: key) ?? 0)
        let event = TelephoneEvent(code: code, isEnd: isEnd, duration: duration)
        return detector.receive(event, timestamp: timestamp, marker: marker)
    }
}
