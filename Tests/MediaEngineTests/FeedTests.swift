import MediaEngine
import TestSupport
import Testing

@Suite struct FeedTests {
    @Test func whatIsFedIsHeardOverTheOther() async throws {
        let lab = try MediaLab()
        let (one, other) = (try lab.line(), try lab.line())
        other.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        one.leg.bridge(to: other.leg)
        #expect(one.leg.feed.append(Self.tone(900, seconds: 5), rate: 8000))
        #expect(Goertzel.share(of: 900, in: try await one.heard(lab)) > 0.8)
        one.leg.feed.clear()
        #expect(one.leg.feed.queued == .zero)
        let after = try await one.heard(lab, milliseconds: 1200)
        #expect(Goertzel.share(of: 500, in: Array(after.dropFirst(4800))) > 0.8)
    }

    @Test func allFormatsAreTaken() async throws {
        let lab = try MediaLab()
        let line = try lab.line(codec: .pcmu)
        let feed = line.leg.feed
        // At twice the rate a tone is half as high in a second of samples.
        let wide = Self.tone(1000, seconds: 4)
        let bytes = Self.tone(700, seconds: 2)
            .flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        #expect(feed.append(wide, rate: 16_000))
        #expect(Goertzel.share(of: 2000, in: try await line.heard(lab)) > 0.8)
        feed.clear()
        #expect(feed.append(littleEndian: bytes, rate: 8000))
        #expect(Goertzel.share(of: 700, in: try await line.heard(lab)) > 0.8)
        feed.clear()
        #expect(feed.append(uLaw: (0..<16_000).map { $0 % 16 < 8 ? 0x90 : 0x10 }))
        #expect(Goertzel.share(of: 500, in: try await line.heard(lab)) > 0.7)
        #expect(!feed.append(wide, rate: 44_100))
    }

    @Test func marksComeWhenWhatIsBeforeThemWasSent() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let feed = line.leg.feed
        feed.mark("begin")
        try await line.waits(for: .markPlayed("begin"))
        _ = feed.append(Self.tone(500, seconds: 1), rate: 8000)
        feed.mark("middle")
        _ = feed.append(Array(Self.tone(500, seconds: 1).prefix(1000)), rate: 8000)
        feed.mark("end")
        feed.mark("again")
        let before = await line.leg.statistics().sent
        try await line.waits(for: .markPlayed("middle"))
        #expect(await line.leg.statistics().sent - before >= 49)
        try await line.waits(for: .markPlayed("again"))
        #expect(feed.queued == .zero)
        let marks = line.news.withLock { $0 }.filter { if case .markPlayed = $0 { true } else { false } }
        #expect(marks == ["begin", "middle", "end", "again"].map { .markPlayed($0) })
    }

    @Test func clearedMarksAreNotReported() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        _ = line.leg.feed.append(Self.tone(500, seconds: 30), rate: 8000)
        line.leg.feed.mark("never")
        line.leg.feed.clear()
        line.leg.feed.mark("now")
        try await line.waits(for: .markPlayed("now"))
        #expect(!line.news.withLock { $0.contains(.markPlayed("never")) })
    }

    @Test func aFullFeedRefuses() async throws {
        let lab = try MediaLab()
        let leg = try lab.engine.openLeg()
        let second = Self.tone(500, seconds: 1)
        for _ in 0..<60 { #expect(leg.feed.append(second, rate: 8000)) }
        #expect(leg.feed.queued == MediaFeed.limit)
        #expect(!leg.feed.append([0], rate: 8000))
        #expect(!leg.feed.append([0, 0, 0, 0], rate: 16_000))
        #expect(leg.feed.queued == MediaFeed.limit)
        for _ in 0..<1000 { #expect(leg.feed.mark("m")) }
        #expect(!leg.feed.mark("one more"))
    }

    /// The flow's sound goes first, and nothing of what is fed is lost by that.
    @Test func theFlowIsHeardFirst() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        _ = line.leg.feed.append(Self.tone(900, seconds: 2), rate: 8000)
        line.leg.play(.tone(hertz: 500, duration: .seconds(2)), id: 3)
        line.leg.feed.mark("fed")
        try await line.waits(for: .markPlayed("fed"))
        let news = line.news.withLock { $0 }
        #expect(news.firstIndex(of: .playFinished(id: 3)).map { $0 < news.count - 1 } == true)
    }

    private static func tone(_ hertz: Double, seconds: Int) -> [Int16] {
        ToneGenerator.samples(hertz: hertz, duration: .seconds(seconds))
    }
}
