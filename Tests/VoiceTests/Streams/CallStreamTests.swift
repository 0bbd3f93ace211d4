import MediaEngine
import Platform
import Primitives
import TestSupport
import Testing
import WebTestSupport

/// Streams of calls: a document opens them, and goes on after them.
@Suite(.timeLimit(.minutes(1))) struct CallStreamTests {
    /// A customer whose document streams, and then plays 700 Hz.
    private static func customer(_ stream: StreamAction) async throws -> VoiceServer {
        try await VoiceServer { asked, _ in
            guard asked.path == "/voice", asked.fields["callSessionState"] == "Ringing" else {
                return .init(body: "OK")
            }
            return .actions(.stream(stream), .play(PlayAction(.tone(hertz: 700, .seconds(20)))), .hangup)
        }
    }

    private static func events(_ customer: VoiceServer) -> [String] {
        customer.all.filter { $0.path == "/stream" }.compactMap { $0.fields["streamEvent"] }
    }

    @Test func theCallerHearsTheServerAndTheDocumentGoesOnAfterIt() async throws {
        let sockets = try await SocketServer(subprotocol: "audio.drachtio.org")
        var stream = StreamAction("ws://127.0.0.1:\(sockets.port)/echo", connects: true)
        stream.statusCallback = "/stream"
        let customer = try await Self.customer(stream)
        try await InboundTests.call(customer) { world, phone, _ in
            try await phone.answered()
            phone.leg.play(.tone(hertz: 440, duration: .seconds(50)))
            // What the caller says comes back from the server.
            try await phone.hears(440)
            let call = try await world.inboundCall()
            // Steering ends the stream that the document waits for, and the call does what it is told.
            _ = try await SteerCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                actions: [.play(PlayAction(.tone(hertz: 1200, .seconds(20))))]
            )
            try await phone.hears(1200)
            let stopped = try await world.entry("stream.stopped", of: call)
            #expect(stopped.details["reason"] == "the stream was stopped")
            try await Waiting.until { Self.events(customer).count == 2 ? true : nil }
            #expect(Self.events(customer).sorted() == ["stream-started", "stream-stopped"])
            phone.hangUp()
            _ = try await world.ended(call)
        }
    }

    @Test func aServerThatClosesItsSocketLetsTheDocumentGoOn() async throws {
        let sockets = try await SocketServer(subprotocol: "audio.drachtio.org")
        let stream = StreamAction("ws://127.0.0.1:\(sockets.port)/end?code=1000", connects: true)
        let customer = try await Self.customer(stream)
        try await InboundTests.call(customer) { world, phone, _ in
            try await phone.answered()
            try await phone.hears(700)
            let states = customer.all.compactMap { $0.fields["callSessionState"] }
            #expect(states.contains("StreamStarted") && states.contains("StreamStopped"))
            phone.hangUp()
            _ = try await world.ended(world.inboundCall())
        }
    }

    @Test func aStreamThatCannotBeOpenedIsAnErrorAndTheDocumentGoesOn() async throws {
        let sockets = try await SocketServer()
        var stream = StreamAction("ws://127.0.0.1:\(sockets.port)/echo", connects: true)
        stream.statusCallback = "/stream"
        // The server does not take the subprotocol.
        let customer = try await Self.customer(stream)
        try await InboundTests.call(customer) { world, phone, _ in
            try await phone.answered()
            try await phone.hears(700)
            try await world.entry("stream.error", of: world.inboundCall())
            try await Waiting.until { Self.events(customer).contains("stream-error") ? true : nil }
            phone.hangUp()
            _ = try await world.ended(world.inboundCall())
        }
    }

    @Test func aStreamBesideTheDocumentListensUntilTheCallEnds() async throws {
        let sockets = try await SocketServer()
        let stream = StreamAction("ws://127.0.0.1:\(sockets.port)/log", dialect: .twilio)
        let customer = try await Self.customer(stream)
        try await InboundTests.call(customer) { world, phone, _ in
            try await phone.answered()
            try await phone.hears(700)
            phone.leg.sendDigits("5")
            try await Waiting.until { sockets.lines.contains { $0.contains(#""dtmf""#) } ? true : nil }
            phone.hangUp()
            let call = try await world.ended(world.inboundCall())
            try await Waiting.until { sockets.lines.contains { $0.contains(#""stop""#) } ? true : nil }
            let stopped = try await world.entry("stream.stopped", of: call)
            #expect(stopped.details["reason"] == "the call ended")
        }
    }

    @Test func aStreamIsEndedByItsNameAndTheDocumentGoesOn() async throws {
        let sockets = try await SocketServer(subprotocol: "audio.drachtio.org")
        let beside = Self.named("other", "ws://127.0.0.1:\(sockets.port)/log", connects: false)
        let waited = Self.named("talk", "ws://127.0.0.1:\(sockets.port)/echo", connects: true)
        let customer = try await VoiceServer { asked, _ in
            guard asked.fields["callSessionState"] == "Ringing" else { return .init(body: "OK") }
            return .actions(
                .stream(beside),
                .stream(waited),
                .play(PlayAction(.tone(hertz: 700, .seconds(20)))),
                .hangup
            )
        }
        try await InboundTests.call(customer) { world, phone, _ in
            try await phone.answered()
            phone.leg.play(.tone(hertz: 440, duration: .seconds(50)))
            let call = try await world.inboundCall()
            try await Waiting.until {
                try await world.kinds(call).count { $0 == "stream.started" } == 2 ? true : nil
            }
            try await Self.stop("nobody", of: call, world)
            try await Self.stop("talk", of: call, world)
            // What follows the stream that the document waited for.
            try await phone.hears(700)
            #expect(try await world.kinds(call).count { $0 == "stream.stopped" } == 1, "the other goes on")
            try await Self.stop(nil, of: call, world)
            try await Waiting.until {
                try await world.kinds(call).count { $0 == "stream.stopped" } == 2 ? true : nil
            }
            phone.hangUp()
            _ = try await world.ended(call)
        }
    }

    private static func named(_ name: String, _ url: String, connects: Bool) -> StreamAction {
        var stream = StreamAction(url, connects: connects)
        stream.name = name
        return stream
    }

    private static func stop(_ name: String?, of call: Call, _ world: VoiceWorld) async throws {
        _ = try await CommandCall(world.context)(
            workspaceID: world.workspace.id,
            reference: call.id.uuidString,
            command: .stopStream(name: name)
        )
    }
}
