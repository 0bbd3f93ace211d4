import MediaEngine
import Platform
import TestSupport
import Testing
import Voice

/// Customers' servers that answer with rubbish, too much, too slowly or not at all: the call goes to the fallback or ends as it
/// should, the timeline says why, and the calls beside it notice nothing.
@Suite(.timeLimit(.minutes(2))) struct HostileServerTests {
    /// A way to misbehave, and what the timeline says of it.
    private struct Case {
        let path: String
        let problem: String
        /// A fault that is named with it.
        var fault: String?
    }

    private static let cases = [
        Case(path: "/huge", problem: "larger than 262144 bytes"),
        Case(path: "/endless", problem: "larger than 262144 bytes"), Case(path: "/drip", problem: "no answer within"),
        Case(path: "/silent", problem: "no answer within"), Case(path: "/loop", problem: "redirect"),
        Case(path: "/absent", problem: "the server answered 404"), Case(path: "/deep", problem: "faults"),
        Case(path: "/deep-xml", problem: "faults"), Case(path: "/laughs", problem: "faults"),
        Case(path: "/verbs", problem: "faults", fault: "actions[0]"),
        Case(path: "/many", problem: "faults", fault: "50"), Case(path: "/types", problem: "faults", fault: "actions"),
        Case(path: "/broken", problem: "faults"), Case(path: "/binary", problem: "faults"),
    ]

    /// A node that is patient for two seconds, and on it a call that hears 700 Hz all the time.
    private static func run(
        _ body: (VoiceWorld, TestTrunk, HostileServer) async throws -> Void
    ) async throws {
        let good = try await VoiceServer { asked, _ in
            asked.path == "/fallback"
                ? .actions(.reject(.busy)) : .actions(.play(PlayAction(.tone(hertz: 700, .seconds(110)))))
        }
        let (hostile, trunk) = (try await HostileServer(), try await TestTrunk { $0.answer() })
        try await VoiceWorld.run {
            ($0.callbackTimeout, $0.soundTimeout) = (.seconds(2), .seconds(2))
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let (url, fallback) = (good.url(), good.url("/fallback"))
            try await world.route { ($0.voiceCallbackURL, $0.fallbackURL) = (url, fallback) }
            let listener = try trunk.call(VoiceWorld.number, from: InboundTests.caller, port: world.port)
            try await listener.answered()
            try await body(world, trunk, hostile)
            try await listener.hears(700)
            listener.hangUp()
            try await Waiting.until { world.service.activeCalls == 0 ? true : nil }
        }
        await trunk.stop()
    }

    /// Calls the number, whose server is now at this URL.
    private static func call(_ url: String, _ world: VoiceWorld, _ trunk: TestTrunk) async throws -> CallingPhone {
        try await world.route { $0.voiceCallbackURL = url }
        return try trunk.call(VoiceWorld.number, from: "+254722000222", port: world.port)
    }

    private static func newest(_ world: VoiceWorld) async throws -> Call {
        let calls = try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: CallFilter()).calls
        return try #require(calls.max { $0.id < $1.id })
    }

    @Test func whateverAServerAnswersTheFallbackHasTheCall() async throws {
        try await Self.run { world, trunk, hostile in
            for one in Self.cases {
                let phone = try await Self.call(hostile.url(one.path), world, trunk)
                #expect(try await phone.refusal() == 486, "\(one.path)")
                let call = try await world.ended(Self.newest(world))
                let attempts = try await world.read(call).timeline.filter { $0.kind == "flow.callback" }.map(\.details)
                let problem = attempts.first?["problem"]?.stringValue ?? "none"
                #expect(problem.contains(one.problem), "\(one.path): \(problem)")
                #expect(attempts.allSatisfy { $0["latency_ms"]?.integer != nil }, "\(one.path)")
                if let fault = one.fault {
                    #expect(attempts.first?["errors"]?.text.contains(fault) == true, "\(one.path): \(attempts)")
                }
                #expect(try await world.sentence(call) == "Your document refused the call as busy.", "\(one.path)")
            }
            // Who has enough hangs up.
            try await Waiting.until { hostile.taken == 0 ? true : nil }
        }
    }

    @Test func whoIsNotThereAtAllLeavesTheCallToTheFallback() async throws {
        try await Self.run { world, trunk, _ in
            let phone = try await Self.call("http://127.0.0.1:\(FreePort.any())/voice", world, trunk)
            #expect(try await phone.refusal() == 486)
            let attempt = try await world.entry("flow.callback", of: Self.newest(world)).details
            #expect(attempt["problem"]?.stringValue?.contains("no connection") == true, "\(attempt.text)")
        }
    }

    @Test func documentsThatLeadToThemselvesEnd() async throws {
        try await Self.run { world, trunk, hostile in
            try await world.route { $0.fallbackURL = nil }
            let phone = try await Self.call(hostile.url("/again"), world, trunk)
            try await phone.answered()
            try await phone.ended()
            let call = try await world.ended(Self.newest(world))
            #expect(call.hangupCause == .normalTemporaryFailure)
            let kinds = try await world.kinds(call)
            #expect(kinds.contains("flow.loop") && kinds.count { $0 == "flow.callback" } <= 11, "\(kinds)")
            #expect(try await world.sentence(call).hasPrefix("Your documents led to each other without an end"))
        }
    }

    @Test func audioThatIsNoneIsPassedOver() async throws {
        let paths = [
            ("/page.wav", "not audio"), ("/noise.wav", "not audio"), ("/endless", "larger than 20000000 bytes"),
            ("/drip", "no answer within"), ("/silent", "no answer within"), ("/loop", "redirect"),
            ("/absent", "status 404"),
        ]
        try await Self.run { world, trunk, hostile in
            let plays = paths.map { VoiceAction.play(PlayAction(.web(hostile.url($0.0)))) }
            let server = try await VoiceServer { _, _ in
                let actions = plays + [.play(PlayAction(.tone(hertz: 1200, .seconds(20))))]
                let document: JSONValue = ["actions": .array(actions.map(\.json))]
                return .init(body: document.text)
            }
            let phone = try await Self.call(server.url(), world, trunk)
            try await phone.answered()
            try await phone.hears(1200)
            let call = try await Self.newest(world)
            phone.hangUp()
            _ = try await world.ended(call)
            let problems = try await world.read(call).timeline.filter { $0.kind == "flow.sound_failed" }
                .map { $0.details["error"]?.stringValue ?? "" }
            #expect(problems.count == paths.count, "\(problems)")
            for (problem, (path, words)) in zip(problems, paths) {
                #expect(problem.contains(words), "\(path): \(problem)")
            }
        }
    }
}
