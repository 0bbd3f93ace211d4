/// Leaves silence out of a recording: at both ends all but a breath of it, within all but two seconds.
struct SilenceTrimmer {
    /// Both sides of a recording, equally long.
    struct Sides {
        var received: [Int16] = []
        var sent: [Int16] = []

        var count: Int { received.count }

        mutating func append(_ other: Sides) {
            received += other.received
            sent += other.sent
        }

        func suffix(_ count: Int) -> Sides {
            Sides(received: Array(received.suffix(count)), sent: Array(sent.suffix(count)))
        }

        func prefix(_ count: Int) -> Sides {
            Sides(received: Array(received.prefix(count)), sent: Array(sent.prefix(count)))
        }
    }

    /// 200 ms around speech are kept, so that soft sounds at its edges are whole.
    private static let breath = 1600
    private static let longestPause = 16_000

    private let listensToSent: Bool
    private var activities = (VoiceActivity(attack: 1), VoiceActivity(attack: 1))
    private var rest = Sides()
    /// The silence since the last speech: its beginning, and its newest samples once that is full.
    private var pause = Sides()
    private var newest = Sides()
    private var hasSpoken = false
    /// Samples left out so far.
    private(set) var trimmed = 0

    /// - Parameter listensToSent: whether what is sent is recorded, too, and so counts as speech.
    init(listensToSent: Bool) {
        self.listensToSent = listensToSent
    }

    /// What is to be written now that these samples have come.
    mutating func take(_ samples: Sides) -> Sides {
        rest.append(samples)
        var written = Sides()
        var start = 0
        while start + 160 <= rest.count {
            let frame = Sides(
                received: Array(rest.received[start..<(start + 160)]),
                sent: Array(rest.sent[start..<(start + 160)])
            )
            start += 160
            if isLoud(frame) { speak(frame, &written) } else { wait(frame) }
        }
        rest = rest.suffix(rest.count - start)
        return written
    }

    /// What is to be written at the end.
    mutating func finish() -> Sides {
        let tail = hasSpoken ? pause.prefix(Self.breath) : Sides()
        trimmed += pause.count + newest.count - tail.count
        (pause, newest) = (Sides(), Sides())
        return tail
    }

    private mutating func isLoud(_ frame: Sides) -> Bool {
        let levels = (Self.meanSquare(frame.received), Self.meanSquare(frame.sent))
        activities.0.hear(meanSquare: levels.0)
        activities.1.hear(meanSquare: levels.1)
        return activities.0.isLoud || (listensToSent && activities.1.isLoud)
    }

    private mutating func speak(_ frame: Sides, _ written: inout Sides) {
        var before = pause
        before.append(newest)
        if !hasSpoken {
            let kept = before.suffix(Self.breath)
            trimmed += before.count - kept.count
            before = kept
        }
        hasSpoken = true
        written.append(before)
        written.append(frame)
        (pause, newest) = (Sides(), Sides())
    }

    private mutating func wait(_ frame: Sides) {
        if pause.count < Self.longestPause - Self.breath {
            pause.append(frame)
            return
        }
        newest.append(frame)
        guard newest.count > Self.breath else { return }
        trimmed += newest.count - Self.breath
        newest = newest.suffix(Self.breath)
    }

    private static func meanSquare(_ samples: [Int16]) -> Float {
        unsafe samples.withUnsafeBufferPointer { unsafe SpeechLevel.meanSquare($0) }
    }
}
