import Foundation
import Logging
import MediaEngine
import Synchronization

/// Counts keys that are lost and keys that nobody pressed.
///
///     digit-check keys 10000       presses so many keys each way, as events and then as tones
///     digit-check listen FILE...   listens to raw S16LE speech of 8 kHz, in which there are no keys
@main struct DigitCheck {
    /// Calls at once: what one would say in an hour, these say in minutes.
    private static let calls = 20
    /// What a leg takes at once.
    private static let portion = 200
    private static let keys = Array("0123456789*#ABCD")

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "keys": try await press(Int(arguments.dropFirst().first ?? "") ?? 10_000)
        case "listen": try listen(to: arguments.dropFirst())
        default:
            FileHandle.standardError.write(Data("usage: digit-check keys COUNT | digit-check listen FILE...\n".utf8))
            exit(64)
        }
    }

    // MARK: Keys

    private static func press(_ count: Int) async throws {
        for (name, events) in [("events", 101), ("tones", nil)] as [(String, UInt8?)] {
            let engines = try (0..<2).map { index in
                var configuration = MediaConfiguration()
                configuration.ports = 40_000 + 1000 * index...40_999 + 1000 * index
                return try MediaEngine(configuration: configuration, logger: Logger(label: "digits"))
            }
            let lines = try (0..<calls).map { _ in try Line(engines[0], engines[1], events: events) }
            let wrong = await withTaskGroup(of: Int.self) { group in
                for (index, line) in lines.enumerated() {
                    group.addTask { await line.press(count / calls, portion: portion, seed: UInt64(index)) }
                }
                return await group.reduce(0, +)
            }
            print("\(name) \(2 * count) \(wrong)")
            for engine in engines { engine.shutDown() }
        }
    }

    /// Two ends of a call, and what each has heard.
    private final class Line: Sendable {
        private let ends: [MediaLeg]
        private let heard: Heard
        private let sent: AsyncStream<Void>

        init(_ one: MediaEngine, _ other: MediaEngine, events: UInt8?) throws {
            let heard = Heard()
            let (sent, done) = AsyncStream.makeStream(of: Void.self)
            let hear: @Sendable (Int, MediaEvent) -> Void = { end, event in
                switch event {
                case .digit(let key): heard.add(key, at: end)
                case .digitsSent: done.yield()
                default: break
                }
            }
            let first = try one.openLeg { hear(0, $0) }
            let second = try other.openLeg { hear(1, $0) }
            for (leg, peer) in [(first, second), (second, first)] {
                leg.connect(
                    MediaParameters(
                        remoteHost: "127.0.0.1",
                        remotePort: peer.localPort,
                        codec: .pcma,
                        payloadType: 8,
                        telephoneEventPayloadType: events
                    )
                )
            }
            (ends, self.sent, self.heard) = ([first, second], sent, heard)
        }

        /// Presses keys at both ends, portion by portion, and returns how many were heard wrongly or not at all.
        func press(_ count: Int, portion: Int, seed: UInt64) async -> Int {
            var random = Xorshift(seed)
            var pressed: [[Character]] = [[], []]
            var tells = sent.makeAsyncIterator()
            var left = count
            while left > 0 {
                let size = min(left, portion)
                for end in 0..<2 {
                    let keys = (0..<size).map { _ in DigitCheck.keys[Int(random.next() % 16)] }
                    pressed[end] += keys
                    ends[end].sendDigits(String(keys))
                }
                for _ in 0..<2 { _ = await tells.next() }
                left -= size
            }
            // The last key is still on its way, and in-band it is certain only when it has ended.
            try? await Task.sleep(for: .seconds(1))
            return Self.distance(pressed[0], heard.keys(at: 1)) + Self.distance(pressed[1], heard.keys(at: 0))
        }

        /// Keys that are missing, wrong or too many: the edit distance, which is quick where the two are nearly the same.
        private static func distance(_ one: [Character], _ other: [Character]) -> Int {
            if one == other { return 0 }
            var row = Array(0...other.count)
            for (index, key) in one.enumerated() {
                var previous = row[0]
                row[0] = index + 1
                for (column, candidate) in other.enumerated() {
                    let here = min(row[column + 1] + 1, row[column] + 1, previous + (key == candidate ? 0 : 1))
                    previous = row[column + 1]
                    row[column + 1] = here
                }
            }
            return row[other.count]
        }
    }

    /// What each end has heard.
    private final class Heard: Sendable {
        private let keys = Mutex<[[Character]]>([[], []])

        func add(_ key: Character, at end: Int) { keys.withLock { $0[end].append(key) } }

        func keys(at end: Int) -> [Character] { keys.withLock { $0[end] } }
    }

    private struct Xorshift {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state >> 11
        }
    }

    // MARK: Speech

    private static func listen(to files: ArraySlice<String>) throws {
        var (samples, keys) = (0, 0)
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: file))
            var detector = ToneDetector()
            for index in 0..<data.count / 2 {
                let low = UInt16(data[2 * index])
                let high = UInt16(data[2 * index + 1]) << 8
                if detector.hear(Int16(bitPattern: low | high)) != nil { keys += 1 }
            }
            samples += data.count / 2
        }
        print("speech \(samples / 8000) \(keys)")
    }
}
