import MediaEngine
import TestSupport
import Testing

@Suite struct TapTests {
    @Test(arguments: [8000, 16_000]) func bothWaysAreHeard(rate: Int) async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        line.leg.play(.tone(hertz: 900, duration: .seconds(3600)))
        let scale = 8000 / Double(rate)
        let inbound = try await Self.heard(line.leg.tap(.inbound, rate: rate), rate)
        #expect(Goertzel.share(of: 500 * scale, in: inbound) > 0.8)
        #expect(Goertzel.share(of: 900 * scale, in: inbound) < 0.01)
        let outbound = try await Self.heard(line.leg.tap(.outbound, rate: rate), rate)
        #expect(Goertzel.share(of: 900 * scale, in: outbound) > 0.8)
        let both = try await Self.heard(line.leg.tap(.both, rate: rate), rate)
        #expect(Goertzel.share(of: 500 * scale, in: both) > 0.3 && Goertzel.share(of: 900 * scale, in: both) > 0.3)
    }

    @Test func aBridgeAndARoomAreHeard() async throws {
        let lab = try MediaLab(threads: 2)
        let (one, other) = (try lab.line(), try lab.line(codec: .pcmu))
        one.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        other.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        one.leg.bridge(to: other.leg)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(other.leg.tap(.outbound))) > 0.8)
        let room = lab.engine.openRoom()
        defer { room.close() }
        room.join(one.leg)
        room.join(other.leg)
        #expect(Goertzel.share(of: 900, in: try await Self.heard(one.leg.tap(.outbound))) > 0.8)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(one.leg.tap(.inbound))) > 0.8)
    }

    @Test func framesAreHandedOnInOrder() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let frames = Locked<[MediaFrame]>([])
        let tap = line.leg.tap(.inbound) { frame in frames.withLock { $0.append(frame) } }
        try await Waiting.until { frames.withLock { $0.count > 20 } ? true : nil }
        tap.close()
        let heard = frames.withLock { $0 }
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $0.offset < $1.offset })
        #expect(heard.allSatisfy { $0.offset.components.attoseconds % 20_000_000_000_000_000 == 0 })
        #expect(heard.allSatisfy { $0.samples.count == 160 && $0.bytes.count == 320 })
    }

    @Test func aSlowListenerLosesTheOldest() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let tap = line.leg.tap(.inbound)
        try await Waiting.until { tap.dropped >= 5 ? true : nil }
        let first = try #require(await tap.next())
        #expect(first.offset >= .milliseconds(100))
        let second = try #require(await tap.next())
        #expect(second.offset > first.offset)
    }

    @Test func aTapEndsWithItsLegItsTaskOrByItself() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let (closed, left) = (line.leg.tap(.both), line.leg.tap(.both))
        let cancelled = Task { while await left.next() != nil {} }
        cancelled.cancel()
        await cancelled.value
        closed.close()
        #expect(await closed.next() == nil)
        let last = line.leg.tap(.inbound)
        let end = Task { while await last.next() != nil {} }
        _ = await line.leg.close()
        await end.value
        #expect(await line.leg.tap(.inbound).next() == nil)
        let taps = try (0..<9).map { _ in try lab.line() }.prefix(1).flatMap { line in
            (0..<9).map { _ in line.leg.tap(.inbound) }
        }
        #expect(await taps[8].next() == nil)
        #expect(await taps[7].next() != nil)
    }

    /// A second of what a tap hears, after what was on its way has come.
    private static func heard(_ tap: MediaTap, _ rate: Int = 8000) async throws -> [Int16] {
        var samples: [Int16] = []
        while samples.count < rate * 3 / 2, let frame = await tap.next() { samples += frame.samples }
        tap.close()
        return Array(samples.dropFirst(rate / 2))
    }
}
