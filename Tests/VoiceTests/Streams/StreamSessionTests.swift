import Foundation
import NIOPosix
import OutboundHTTP
import Platform
import TestSupport
import Testing
import WebTestSupport

@testable import Voice

/// A stream against the `websockets` library of Python, with a tap and a feed in memory.
@Suite(.timeLimit(.minutes(2))) struct StreamSessionTests {
    /// A stream that runs, and what it told.
    private struct Running {
        let session: StreamSession
        let taps: [MemoryTap]
        let feed: MemoryFeed
        let reports: Locked<[StreamReport]>
        let task: Task<StreamEnd, Never>

        func started() async throws {
            try await Waiting.until { [reports] in reports.withLock { $0.first == .started } ? true : nil }
        }

        func ended() async throws -> StreamEnd {
            try await Waiting.within { [task] in await task.value }
        }

        /// The counters of the last report.
        var counters: StreamCounters? {
            guard case .stopped(_, let counters) = reports.withLock({ $0.last }) else { return nil }
            return counters
        }
    }

    private func run(
        _ dialect: StreamAction.Dialect,
        url: String,
        _ adjust: (inout StreamAction) -> Void = { _ in },
        _ limit: (inout StreamSettings) -> Void = { _ in }
    ) throws -> Running {
        let action = StreamExamples.action(dialect, url: url, adjust)
        let plan = StreamPlan(action, StreamExamples.identity)
        let taps = plan.tracks.map { _ in MemoryTap() }
        let feed = MemoryFeed(rate: action.bidirectionalSamplingRate)
        let reports = Locked<[StreamReport]>([])
        var settings = StreamSettings()
        settings.retryInterval = .milliseconds(5)
        limit(&settings)
        let sockets = try GuardedSocketClient(
            policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
            resolver: FixedResolver([:]),
            group: MultiThreadedEventLoopGroup.singleton
        )
        let session = StreamSession(plan, taps: taps, feed: feed, sockets: sockets, settings: settings) { report in
            reports.withLock { $0.append(report) }
        }
        let task = Task { await session.run() }
        return Running(session: session, taps: taps, feed: feed, reports: reports, task: task)
    }

    private static func url(_ server: SocketServer, _ path: String, replies: [JSONValue] = []) -> String {
        let query = replies.map { reply in
            "reply=" + (reply.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        return "ws://127.0.0.1:\(server.port)\(path)?\(query.joined(separator: "&"))"
    }

    private static func lines(_ server: SocketServer) throws -> [JSONValue] {
        try server.lines.map { try JSONValue(parsing: Data($0.utf8)) }
    }

    @Test(arguments: [8000, 16_000]) func rawSoundGoesOutAndComesBack(_ rate: Int) async throws {
        let server = try await SocketServer(subprotocol: "audio.drachtio.org")
        let running = try run(.raw, url: Self.url(server, "/echo")) {
            ($0.outputSamplingRate, $0.bidirectionalSamplingRate) = (rate, rate)
        }
        try await running.started()
        let tone = StreamExamples.tone(440, rate: rate, count: rate / 50)
        running.taps[0].say(frames: 50, samples: tone)
        try await Waiting.until { running.feed.queued == .seconds(1) ? true : nil }
        #expect(running.feed.play(rate) == [])
        #expect(running.feed.played == (0..<50).flatMap { _ in tone })
        running.session.hangUp()
        #expect(try await running.ended() == .hungUp)
        let counters = try #require(running.counters)
        #expect(counters.framesSent == 50)
        #expect(counters.framesDropped == 3)
        #expect(counters.messagesReceived == 51)
        #expect(counters.soundReceived == .seconds(1))
        // Its own metadata, which the server sent back.
        #expect(counters.faults == 1)
        #expect(running.taps[0].isClosed)
    }

    @Test func theServerIsToldOfTheCallFirstAndLast() async throws {
        let server = try await SocketServer(subprotocol: "audio.drachtio.org")
        let running = try run(.raw, url: Self.url(server, "/log"))
        try await running.started()
        running.taps[0].say(samples: [1, 2])
        try await Waiting.until { server.lines.count == 2 ? true : nil }
        running.taps[0].end()
        #expect(try await running.ended() == .hungUp)
        let lines = try await Waiting.until { server.lines.count == 3 ? try Self.lines(server) : nil }
        #expect(lines[0]["callSid"] == .string(StreamExamples.identity.callSid))
        #expect(lines[1] == ["binary": "01000200"])
        #expect(lines[2] == ["closed": 1000])
        #expect(running.reports.withLock { $0.count } == 2)
    }

    /// Marks come back when, and only when, what was sent before them was played.
    @Test func marksComeBackAsSoundIsPlayed() async throws {
        let server = try await SocketServer()
        let media: JSONValue = ["event": "media", "media": ["payload": .string(Self.payload(800))]]
        func mark(_ name: String) -> JSONValue { ["event": "mark", "mark": ["name": .string(name)]] }
        let replies = [media, mark("a"), media, mark("b"), mark("b")]
        let running = try run(.twilio, url: Self.url(server, "/log", replies: replies))
        try await Waiting.until { running.feed.marks == 3 ? true : nil }
        #expect(running.feed.queued == .milliseconds(200))
        for name in running.feed.play(799) { await running.session.played(name) }
        await running.session.pressed("5")
        for name in running.feed.play(1) { await running.session.played(name) }
        for name in running.feed.play(800) { await running.session.played(name) }
        // A mark that was played is played once.
        await running.session.played("\(StreamExamples.streamSid).1")
        running.session.stop()
        #expect(try await running.ended() == .stopped)
        let lines = try await Waiting.until {
            server.lines.last?.contains("closed") == true ? try Self.lines(server) : nil
        }
        let events = lines.map { $0["event"]?.stringValue }
        #expect(events == ["connected", "start", "dtmf", "mark", "mark", "mark", "stop", nil])
        #expect(lines[3...5].map { $0["mark"]?["name"] } == ["a", "b", "b"])
        #expect(lines.map { $0["sequenceNumber"]?.stringValue } == [nil, "1", "2", "3", "4", "5", "6", nil])
    }

    @Test func clearDropsSoundAndReturnsItsMarks() async throws {
        let server = try await SocketServer()
        let replies: [JSONValue] = [
            ["event": "media", "media": ["payload": .string(Self.payload(800))]],
            ["event": "mark", "mark": ["name": "a"]],
            ["event": "clear"],
        ]
        let running = try run(.twilio, url: Self.url(server, "/log", replies: replies))
        let lines = try await Waiting.until { server.lines.count == 3 ? try Self.lines(server) : nil }
        #expect(lines[2]["event"] == "mark")
        #expect(lines[2]["mark"] == ["name": "a"])
        #expect(running.feed.clearings == 1)
        #expect(running.feed.queued == .zero)
        await running.session.played("\(StreamExamples.streamSid).1")
        running.session.stop()
        #expect(try await running.ended() == .stopped)
        #expect(try Self.lines(server).filter { $0["event"] == "mark" }.count == 1)
    }

    @Test func aMarkThatIsOneTooManyIsAFault() async throws {
        let server = try await SocketServer()
        let media: JSONValue = ["event": "media", "media": ["payload": .string(Self.payload(80))]]
        let marks = (0..<12).map {
            JSONValue.object([JSONMember("event", "mark"), JSONMember("mark", ["name": .string("\($0)")])])
        }
        let running = try run(.twilio, url: Self.url(server, "/log", replies: [media] + marks))
        try await Waiting.until { await running.session.counters.faults == 2 ? true : nil }
        #expect(running.feed.marks == 10)
        for name in running.feed.play(80) { await running.session.played(name) }
        let lines = try await Waiting.until { server.lines.count == 12 ? try Self.lines(server) : nil }
        #expect(lines[2...].map { $0["mark"]?["name"] } == (0..<10).map { .string("\($0)") })
        running.session.stop()
        #expect(try await running.ended() == .stopped)
    }

    @Test func bothVoicesAreSentApart() async throws {
        let server = try await SocketServer()
        let running = try run(.twilio, url: Self.url(server, "/log")) { $0.track = .both }
        #expect(running.taps.count == 2)
        try await running.started()
        running.taps[0].say(.inbound, samples: [0])
        running.taps[1].say(.outbound, samples: [0])
        let lines = try await Waiting.until { server.lines.count == 4 ? try Self.lines(server) : nil }
        #expect(Set(lines[2...].compactMap { $0["media"]?["track"]?.stringValue }) == ["inbound", "outbound"])
        running.session.stop()
        #expect(try await running.ended() == .stopped)
    }

    /// A server sends five minutes at once; they are taken as they are played, and none is lost.
    @Test func aServerThatIsFasterThanSoundWaits() async throws {
        let server = try await SocketServer(subprotocol: "audio.drachtio.org")
        let running = try run(.raw, url: Self.url(server, "/flood") + "size=32000&count=300") { _ in
        } _: {
            $0.maxQueued = .seconds(2)
        }
        try await Waiting.until { running.feed.queued >= .seconds(2) ? true : nil }
        let most = Locked(Duration.zero)
        let counters = try await Waiting.until(within: .seconds(60)) {
            most.withLock { $0 = max($0, running.feed.queued) }
            _ = running.feed.play(16_000)
            return running.counters
        }
        let end = try await running.ended()
        #expect(end == .socket(.byPeer(.normal, reason: "")))
        #expect(!end.isError)
        #expect(most.withLock { $0 } <= .seconds(3))
        #expect(counters.soundReceived == .seconds(300))
        #expect(counters.messagesReceived == 300)
    }

    @Test func aSocketThatDoesNotOpenIsAnError() async throws {
        let server = try await SocketServer()
        let running = try run(.raw, url: Self.url(server, "/log"))
        let words = "the server did not take the subprotocol audio.drachtio.org"
        #expect(try await running.ended() == .unopened(words))
        #expect(running.reports.withLock { $0 } == [.error(words)])
        #expect(running.taps[0].isClosed)
    }

    @Test func aServerThatDiesIsAnError() async throws {
        let server = try await SocketServer()
        let running = try run(.twilio, url: Self.url(server, "/log"))
        try await running.started()
        server.signal(9)
        let end = try await running.ended()
        #expect(end.isError)
        #expect(running.reports.withLock { $0.dropFirst().first } == .error(end.description))
        #expect(running.counters != nil)
    }

    @Test func aStreamIsStoppedBeforeItsServerAnswers() async throws {
        let server = try await SocketServer()
        server.signal(19)
        let running = try run(.twilio, url: Self.url(server, "/log"))
        running.session.stop()
        #expect(try await running.ended() == .stopped)
        #expect(running.reports.withLock { $0 } == [])
        server.signal(18)
    }

    @Test func aTaskThatIsCancelledEndsItsStream() async throws {
        let server = try await SocketServer()
        let running = try run(.twilio, url: Self.url(server, "/log"))
        try await running.started()
        running.task.cancel()
        #expect(try await running.ended() == .hungUp)
        try await Waiting.until { server.lines.last == "{\"closed\": 1000}" ? true : nil }
    }

    @Test func nonsenseIsCountedAndThenEnough() async throws {
        let server = try await SocketServer()
        let running = try run(.twilio, url: Self.url(server, "/flood") + "size=4&count=2000")
        let end = try await running.ended()
        #expect(end == .faults("a message is binary"))
        #expect(running.counters?.faults == 1001)
        #expect(end.isError)
    }

    /// Sound for a server that takes none is dropped; what must arrive ends the stream at last.
    @Test func aServerThatTakesNothingIsLeft() async throws {
        let server = try await SocketServer()
        let running = try run(.twilio, url: Self.url(server, "/log"))
        try await running.started()
        server.signal(19)
        running.taps[0].say(frames: 5000, samples: [Int16](repeating: 0, count: 160))
        try await Waiting.until { await running.session.counters.framesSent == 5000 ? true : nil }
        for _ in 0..<100_000 where running.counters == nil { await running.session.pressed("1") }
        #expect(try await running.ended() == .tooSlow)
        #expect(try #require(running.counters).framesDropped > 1000)
        server.signal(18)
    }

    private static func payload(_ samples: Int) -> String {
        Data(repeating: 0xFF, count: samples).base64EncodedString()
    }
}
