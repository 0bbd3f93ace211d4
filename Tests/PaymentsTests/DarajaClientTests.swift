import AsyncHTTPClient
import Logging
import NIOPosix
import Payments
import Platform
import Primitives
import Sandbox
import TestSupport
import Testing

/// Our client against the sandbox's M-Pesa, over sockets.
@Suite(.timeLimit(.minutes(2))) struct DarajaClientTests {
    private static let callback = "http://127.0.0.1:9/payments"

    private typealias Change = (inout SandboxMPesaSettings, inout DarajaSettings) -> Void

    private static func withDesk(
        _ change: Change = { _, _ in },
        _ body: (DarajaClient) async throws -> Void
    ) async throws {
        var settings = SandboxMPesaSettings()
        settings.paymentDelay = .milliseconds(50)
        var daraja = DarajaSettings(
            baseURL: "",
            consumerKey: settings.consumerKey,
            consumerSecret: settings.consumerSecret,
            shortCode: settings.shortcode,
            passkey: settings.passkey
        )
        daraja.nominatedPhone = "254700000200"
        change(&settings, &daraja)
        let clock = SystemWallClock()
        let group = MultiThreadedEventLoopGroup.singleton
        let desk = SandboxMPesa(settings, clock: clock, group: group, logger: Logger(label: "test"))
        let port = try await desk.start()
        if daraja.baseURL.isEmpty { daraja.baseURL = "http://127.0.0.1:\(port)" }
        let client = HTTPClient(eventLoopGroupProvider: .shared(group))
        let result: Result<Void, any Error>
        do { result = .success(try await body(DarajaClient(daraja, client: client, clock: clock))) } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        await desk.shutDown()
        try result.get()
    }

    private static func push(_ last: Int) -> PaymentPush {
        PaymentPush(phone: "+254700000\(last)", amountMinor: 500_00, account: "TS-7K2M9QXD", callbackURL: callback)
    }

    @Test func aPushIsFollowedToItsEndAndPulled() async throws {
        try await Self.withDesk { client in
            try await client.register(validationURL: Self.callback, confirmationURL: Self.callback)
            let start = SystemWallClock().now()
            let names = try await [client.push(Self.push(200)), client.push(Self.push(202))]
            var outcomes: [PushOutcome] = []
            for name in names {
                let outcome = try await Waiting.until { () -> PushOutcome? in
                    let outcome = try await client.outcome(ofPush: name)
                    return outcome == .pending ? nil : outcome
                }
                outcomes.append(outcome)
            }
            #expect(outcomes[0] == .paid)
            guard case .refused(let failure) = outcomes[1] else {
                Issue.record("\(outcomes[1])")
                return
            }
            #expect(failure.reason == .cancelled && failure.code == "1032")
            let pulled = try await client.payments(in: start - .seconds(60)...start + .seconds(60))
            #expect(pulled.map(\.amountMinor) == [500_00] && pulled.first?.account == "TS-7K2M9QXD")
            #expect(pulled.first?.receipt?.count == 10)
        }
    }

    @Test func whoAsksAtOnceSharesOneToken() async throws {
        // A token that another asks for ends the last one: without sharing, most of these would fail.
        try await Self.withDesk { client in
            try await withThrowingTaskGroup(of: String.self) { group in
                for last in 300..<330 { group.addTask { try await client.push(Self.push(last)) } }
                var names: Set<String> = []
                for try await name in group { names.insert(name) }
                #expect(names.count == 30)
            }
        }
    }

    @Test func aFailureSaysWhetherThePhoneCanHaveBeenAsked() async throws {
        try await Self.withDesk { client in
            // 240 is told that it is too fast, 238 an internal error (500.003.1001), after which nobody knows.
            for (last, isCertain) in [(221, true), (240, true), (237, false), (238, false)] {
                let failure = await #expect(throws: GatewayFailure.self) { try await client.push(Self.push(last)) }
                switch failure {
                case .unavailable: #expect(isCertain, "\(last)")
                case .unanswered: #expect(!isCertain, "\(last)")
                default: Issue.record("\(last): \(String(describing: failure))")
                }
            }
        }
        let setting: Change = { _, daraja in daraja.passkey = "wrong" }
        try await Self.withDesk(setting) { client in
            let failure = await #expect(throws: GatewayFailure.self) { try await client.push(Self.push(200)) }
            guard case .refused = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
        for change in [{ $0.consumerSecret = "wrong" }, { $0.baseURL = "http://127.0.0.1:9" }]
            as [(inout DarajaSettings) -> Void]
        {
            let setting: Change = { _, daraja in change(&daraja) }
            try await Self.withDesk(setting) { client in
                let failure = await #expect(throws: GatewayFailure.self) { try await client.push(Self.push(200)) }
                guard case .unavailable = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
            }
        }
    }

    /// Production takes the URLs once, and each start names them again.
    @Test func namingTheURLsAgainIsHarmless() async throws {
        let setting: Change = { settings, _ in settings.strictness.registersOnce = true }
        try await Self.withDesk(setting) { client in
            for _ in 0..<2 { try await client.register(validationURL: Self.callback, confirmationURL: Self.callback) }
        }
    }
}
