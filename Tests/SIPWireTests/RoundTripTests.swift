import Primitives
import SIPWire
import Testing

/// Whatever is said comes back, however it is spelled; a failure names its seed, which replays it.
@Suite struct RoundTripTests {
    @Test func everyMessageIsReadHoweverItIsSpelled() async throws {
        for seed in 1...4000 as ClosedRange<UInt64> {
            let spelled = SpelledMessage(seed: seed)
            guard let read = Self.read(spelled.spelling, seed) else { return }
            guard Self.isSame(read, spelled.message) else {
                Issue.record("seed \(seed): \(String(decoding: spelled.spelling, as: UTF8.self)) was read as \(read)")
                return
            }
            let again = Self.read(read.bytes, seed)
            #expect(again?.bytes == read.bytes, "seed \(seed)")
            #expect(again.map { Self.isSame($0, read) } == true, "seed \(seed)")
            if seed.isMultiple(of: 50) { await Task.yield() }
        }
    }

    /// What is not a message is refused, and the refusal can be answered; nothing traps.
    @Test func noDamageTraps() async {
        var random = SplitMix64(seed: 7)
        for seed in 1...2000 as ClosedRange<UInt64> {
            var bytes = SpelledMessage(seed: seed).spelling
            for _ in 0...Int.random(in: 0...8, using: &random) { Self.damage(&bytes, &random) }
            do {
                let message = try SIPParser().parse(bytes)
                #expect(message.bytes.count < 2 * bytes.count + 1000)
            } catch .refused(let request, let refusal) {
                #expect(!request.response(refusal, toTag: "x").bytes.isEmpty)
            } catch {
                // Dropped.
            }
            if seed.isMultiple(of: 50) { await Task.yield() }
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.removeLast(bytes.count - index)
        case 3: bytes.insert(contentsOf: bytes[..<min(index, 200)], at: index)
        default: bytes.insert(contentsOf: Array("\r\n;,<>\":=%".utf8).shuffled(using: &random), at: index)
        }
    }

    private static func read(_ bytes: [UInt8], _ seed: UInt64) -> SIPMessage? {
        do {
            return try SIPParser().parse(bytes)
        } catch {
            Issue.record("seed \(seed): \(error) for \(String(decoding: bytes, as: UTF8.self))")
            return nil
        }
    }

    /// The same but for `Content-Length`, which belongs to the spelling.
    private static func isSame(_ one: SIPMessage, _ other: SIPMessage) -> Bool {
        func fields(_ message: SIPMessage) -> [SIPHeaderField] {
            message.headers.fields.filter { $0.name != .contentLength }
        }
        guard fields(one) == fields(other) else { return false }
        switch (one, other) {
        case (.request(let a), .request(let b)): return a.method == b.method && a.uri == b.uri && a.body == b.body
        case (.response(let a), .response(let b)):
            return a.status == b.status && a.reason == b.reason && a.body == b.body
        default: return false
        }
    }
}
