import RTPWire

/// Presses keys, one step per 20 ms: as telephone events of 100 ms, the end of each three times (RFC 4733 section 2.5.1), or
/// as tones, with a pause after each.
struct KeySender {
    /// What to send in a step.
    enum Step {
        /// A telephone event; the timestamp stays that of the first.
        case event(TelephoneEvent, isFirst: Bool)
        /// This frame of the tones of a key.
        case tone(code: UInt8, frame: Int)
        case pause
    }

    private enum Item {
        case key(UInt8)
        case pause(steps: Int)
    }

    /// Keys and pauses that may wait; what comes on top is dropped.
    static let limit = 256
    private static let updates = 5
    private static let ends = 3
    private static let pause = 5
    private static let halfSecond = 25

    private var items: [Item] = []
    private var step = 0

    var isIdle: Bool { items.isEmpty }

    /// Adds keys; `w` is a pause of half a second, `W` one of a second, and anything else is nothing.
    mutating func add(_ text: String) {
        for character in text.prefix(Self.limit - items.count) {
            switch character {
            case "w": items.append(.pause(steps: Self.halfSecond))
            case "W": items.append(.pause(steps: 2 * Self.halfSecond))
            default: addKey(character)
            }
        }
    }

    private mutating func addKey(_ character: Character) {
        let upper = Character(character.uppercased())
        if let code = TelephoneEvent.keys.firstIndex(of: upper) { items.append(.key(UInt8(code))) }
    }

    /// What this 20 ms have; nil when there is nothing to press.
    ///
    /// - Parameter inBand: whether the peer knows no telephone events.
    mutating func next(inBand: Bool) -> Step? {
        guard let item = items.first else { return nil }
        let place = step
        step += 1
        switch item {
        case .pause(let steps):
            if step >= steps { finish() }
            return .pause
        case .key(let code):
            let length = inBand ? DTMF.frames : Self.updates + Self.ends
            if step >= length + Self.pause { finish() }
            guard place < length else { return .pause }
            return inBand ? .tone(code: code, frame: place) : Self.event(code, place)
        }
    }

    private mutating func finish() {
        step = 0
        items.removeFirst()
    }

    private static func event(_ code: UInt8, _ place: Int) -> Step {
        let elapsed = UInt16(160 * (min(place, updates - 1) + 1))
        return .event(TelephoneEvent(code: code, isEnd: place >= updates, duration: elapsed), isFirst: place == 0)
    }
}
