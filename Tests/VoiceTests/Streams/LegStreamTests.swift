import Foundation
import Logging
import MediaEngine
import NIOPosix
import OutboundHTTP
import Platform
import TestSupport
import Testing
import WebTestSupport

@testable import Voice

/// Streams of legs of the media engine: a phone over RTP at one end, a WebSocket at the other.
@Suite(.timeLimit(.minutes(2))) struct LegStreamTests {
    /// A leg with a phone, and what the phone hears.
    private final class Line: Sendable {
        let engine: MediaEngine
        let leg: MediaLeg
        let phone: MediaLeg
        let marks: AsyncStream<String>
        private let heardNow = Locked<[Int16]>([])
        private let sentNow = Locked<[Int16]>([])

        init() throws {
            var configuration = MediaConfiguration()
            configuration.ports = 48_000...48_999
            engine = try MediaEngine(configuration: configuration, logger: Logger(label: "test"))
            let (marks, continuation) = AsyncStream.makeStream(of: String.self)
            self.marks = marks
            leg = try engine.openLeg { event in
                if case .markPlayed(let name) = event { continuation.yield(name) }
            }
            phone = try engine.openLeg()
            leg.connect(Self.parameters(phone.localPort))
            phone.connect(Self.parameters(leg.localPort))
            _ = leg.tap(.outbound) { [sentNow] frame in sentNow.withLock { $0 += frame.samples } }
            _ = phone.tap(.inbound) { [heardNow] frame in heardNow.withLock { $0 += frame.samples } }
        }

        deinit {
            engine.shutDown()
        }

        var heard: [Int16] { heardNow.withLock { $0 } }

        /// Frames of more than a whisper that were sent to the phone.
        var loudFramesSent: Int { Self.loudFrames(sentNow.withLock { $0 }) }
        /// Those that its user heard.
        var loudFramesHeard: Int { Self.loudFrames(heard) }

        private static func loudFrames(_ samples: [Int16]) -> Int {
            stride(from: 0, to: samples.count - 159, by: 160)
                .count { start in samples[start..<start + 160].contains { $0.magnitude > 1000 } }
        }

        private static func parameters(_ port: Int) -> MediaParameters {
            MediaParameters(
                remoteHost: "127.0.0.1",
                remotePort: port,
                codec: .pcmu,
                payloadType: 0,
                telephoneEventPayloadType: nil
            )
        }
    }

    private static func session(_ action: StreamAction, on line: Line) throws -> StreamSession {
        let sockets = try GuardedSocketClient(
            policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
            resolver: FixedResolver([:]),
            group: MultiThreadedEventLoopGroup.singleton
        )
        let plan = StreamPlan(action, StreamExamples.identity)
        return StreamSession(plan, on: line.leg, plays: true, sockets: sockets)
    }

    /// What the phone says goes to the socket and comes back to the phone, in each rate and both dialects.
    @Test(arguments: [8000, 16_000]) func anEchoIsHeard(_ rate: Int) async throws {
        let server = try await SocketServer(subprotocol: "audio.drachtio.org")
        let line = try Line()
        line.phone.play(.tone(hertz: 700, duration: .seconds(60)))
        let action = StreamExamples.action(.raw, url: "ws://127.0.0.1:\(server.port)/echo") {
            ($0.outputSamplingRate, $0.bidirectionalSamplingRate) = (rate, rate)
        }
        let session = try Self.session(action, on: line)
        let run = Task { await session.run() }
        try await Waiting.until { Goertzel.share(of: 700, in: line.heard.suffix(8000)) > 0.9 ? true : nil }
        // A document goes on: the leg is still there, and says what is played next.
        session.stop()
        #expect(await run.value == .stopped)
        #expect(line.leg.feed.queued == .zero)
        line.leg.play(.tone(hertz: 1200, duration: .seconds(60)))
        try await Waiting.until { Goertzel.share(of: 1200, in: line.heard.suffix(8000)) > 0.9 ? true : nil }
        _ = await line.phone.close()
        _ = await line.leg.close()
    }

    /// The mark of a second of sound comes back when the second was sent, and the phone heard it all.
    @Test func aMarkComesBackWhenItsSoundWasHeard() async throws {
        let server = try await SocketServer()
        let line = try Line()
        let mark: JSONValue = ["event": "mark", "mark": ["name": "end"]]
        let reply = mark.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let action = StreamExamples.action(
            .twilio,
            url: "ws://127.0.0.1:\(server.port)/log?sound=8000&reply=\(reply)"
        )
        let session = try Self.session(action, on: line)
        let run = Task { await session.run() }
        let marks = Task { for await mark in line.marks { await session.played(mark) } }
        try await Waiting.until { server.lines.contains { $0.contains(#""mark""#) } ? true : nil }
        #expect(line.leg.feed.queued == .zero)
        try await Waiting.until { line.loudFramesSent == 50 ? true : nil }
        // A busy machine may be late with some, which the phone then does without.
        try await Waiting.until { line.loudFramesHeard > 25 ? true : nil }
        let media = server.lines.count { $0.contains(#""media""#) }
        #expect(media > 40)
        _ = await line.leg.close()
        #expect(await run.value == .hungUp)
        marks.cancel()
        _ = await line.phone.close()
    }
}
