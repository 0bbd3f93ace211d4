import AsyncHTTPClient
import Foundation
import NIOCore
import Platform
import Sandbox
import TestSupport
import Testing

/// What goes wrong on request: by the phone's number, and by `POST /control/faults` (facts section 10).
@Suite(.timeLimit(.minutes(1))) struct MPesaFaultTests {
    private static let path = "/mpesa/stkpush/v1/processrequest"

    /// How a fault is asked for: by a phone of the table, or for any phone through the control endpoint.
    enum Asking: String, CaseIterable {
        case phone, control
    }

    /// Sees to a fault, and returns the phone that meets it.
    private static func ask(
        _ asking: Asking,
        _ fault: MPesaFault,
        _ world: MPesaWorld,
        _ more: [JSONMember] = []
    ) async throws -> String {
        if asking == .phone, let entry = SandboxPhones.special.first(where: { $0.faults == [fault] }) {
            return entry.number
        }
        let rule: JSONValue = .object([JSONMember("fault", .string(fault.rawValue))] + more)
        let answer = try await world.control("faults", rule)
        #expect(answer.status == 200, "\(answer.text)")
        return MPesaWorld.ordinaryPhone
    }

    private static func callbacks(_ world: MPesaWorld) -> [CallbackSink.Arrival] {
        world.sink.all.filter { $0.path == "/stk" }
    }

    @Test(arguments: Asking.allCases) func aCallbackIsLost(asking: Asking) async throws {
        let world = try await MPesaWorld()
        let phone = try await Self.ask(asking, .callbackLost, world)
        let id = try await world.push(phone: phone)
        try await Waiting.until { try await world.query(id).body["ResultCode"] == "0" ? true : nil }
        _ = try await world.push(phone: MPesaWorld.phone, path: "/next")
        _ = try await world.sink.arrivals("/next")
        #expect(Self.callbacks(world).isEmpty)
        #expect(try await world.payments()["balance"] == 20)
    }

    @Test(arguments: Asking.allCases) func aCallbackIsDoubled(asking: Asking) async throws {
        let world = try await MPesaWorld()
        _ = try await world.push(phone: try await Self.ask(asking, .callbackDoubled, world))
        let arrivals = try await world.sink.arrivals("/stk", count: 2)
        #expect(arrivals[0].text == arrivals[1].text)
        #expect(try await world.payments()["transactions"]?.elements.count == 1)
    }

    @Test(arguments: Asking.allCases) func aCallbackIsLate(asking: Asking) async throws {
        let world = try await MPesaWorld { $0.lateBy = .milliseconds(200) }
        let phone = try await Self.ask(asking, .callbackLate, world, [JSONMember("milliseconds", 200)])
        let start = ContinuousClock.now
        let id = try await world.push(phone: phone)
        try await Waiting.until { try await world.query(id).body["ResultCode"] == "0" ? true : nil }
        _ = try await world.sink.arrivals("/stk")
        #expect(start.duration(to: .now) >= .milliseconds(200))
    }

    @Test(arguments: Asking.allCases) func aCallbackComesBeforeTheAnswer(asking: Asking) async throws {
        let world = try await MPesaWorld { $0.paymentDelay = .seconds(600) }
        let id = try await world.push(phone: try await Self.ask(asking, .callbackFirst, world))
        let arrival = try #require(Self.callbacks(world).first, "the answer came first")
        #expect(arrival.body.at("Body", "stkCallback", "CheckoutRequestID") == .string(id))
    }

    @Test(arguments: Asking.allCases) func forgedCallbacksComeFirst(asking: Asking) async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: try await Self.ask(asking, .callbackForged, world), path: "/pay/secret")
        let arrivals = try await world.sink.arrivals("/pay/secret", count: 2)
        let guessed = try #require(try await world.sink.arrivals("/pay/\(id)").first)
        let claims = [arrivals[0], guessed].compactMap { $0.body.at("Body", "stkCallback") }
        #expect(claims.map { $0["CheckoutRequestID"]?.stringValue } == [id + "0", id])
        for claim in claims {
            #expect(claim["ResultCode"] == 0)
            #expect(claim.at("CallbackMetadata", "Item")?.named("Amount") == 1010)
        }
        let truth = try #require(arrivals[1].body.at("Body", "stkCallback"))
        #expect(truth["CheckoutRequestID"] == .string(id))
        #expect(truth.at("CallbackMetadata", "Item")?.named("Amount") == 10)
        #expect(try await world.payments()["balance"] == 10)
    }

    @Test(arguments: Asking.allCases) func theNextCallbackOvertakes(asking: Asking) async throws {
        let world = try await MPesaWorld { $0.overtakingLimit = .seconds(600) }
        let first = try await world.push(phone: try await Self.ask(asking, .callbackReordered, world))
        try await Waiting.until { try await world.query(first).body["ResultCode"] == "0" ? true : nil }
        let second = try await world.push(phone: MPesaWorld.phone)
        let arrivals = try await world.sink.arrivals("/stk", count: 2)
        let order = arrivals.map { $0.body.at("Body", "stkCallback", "CheckoutRequestID")?.stringValue }
        #expect(order == [second, first])
    }

    @Test func aCallbackThatNobodyOvertakesIsSentInTheEnd() async throws {
        let world = try await MPesaWorld()
        _ = try await world.push(phone: "254700000235")
        #expect(try await world.sink.arrivals("/stk").count == 1)
    }

    @Test func theConfirmationOvertakesTheCallback() async throws {
        let world = try await MPesaWorld { $0.overtakingLimit = .seconds(600) }
        _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
        _ = try await world.push(phone: "254700000235")
        _ = try await world.sink.arrivals("/stk")
        #expect(world.sink.all.map(\.path) == ["/confirm", "/stk"])
    }

    @Test(arguments: Asking.allCases) func aCallbackHasTheWrongType(asking: Asking) async throws {
        let world = try await MPesaWorld()
        _ = try await world.push(phone: try await Self.ask(asking, .callbackMistyped, world))
        #expect(try await world.sink.arrivals("/stk").first?.headers["content-type"] == "text/plain")
    }

    @Test(arguments: Asking.allCases) func theAnswerIsLostThoughThePaymentGoesOn(asking: Asking) async throws {
        let world = try await MPesaWorld()
        let phone = try await Self.ask(asking, .answerLost, world)
        let token = try await world.token()
        await #expect(throws: HTTPClientError.remoteConnectionClosed) {
            _ = try await world.call(Self.path, world.stkBody(phone: phone), token: token)
        }
        let arrival = try #require(try await world.sink.arrivals("/stk").first)
        #expect(arrival.body.at("Body", "stkCallback", "ResultCode") == 0)
    }

    @Test(arguments: [
        (MPesaFault.serverError, 500, "500.003.1001"), (.spikeArrest, 500, "500.003.02"),
        (.quotaViolation, 500, "500.003.03"), (.tokenExpired, 404, "404.001.03"),
    ])
    func aRequestIsRefusedOnceAndThenNot(fault: MPesaFault, status: Int, code: String) async throws {
        for asking in Asking.allCases {
            let world = try await MPesaWorld()
            let phone = try await Self.ask(asking, fault, world)
            let token = try await world.token()
            let refused = try await world.call(Self.path, world.stkBody(phone: phone), token: token)
            #expect(refused.status == status && refused.errorCode == code)
            #expect(try await world.payments()["payments"] == [])
            let stale = try await world.call(Self.path, world.stkBody(phone: phone), token: token)
            #expect(stale.status == (fault == .tokenExpired ? 404 : 200))
            guard fault == .tokenExpired else { continue }
            #expect(try await world.call(Self.path, world.stkBody(phone: phone)).status == 200)
        }
    }

    @Test func aFaultIsLeftForWhatItCanBefall() async throws {
        let world = try await MPesaWorld()
        for fault in ["queue_timeout", "callback_first", "answer_lost", "query_fault"] {
            _ = try await world.control("faults", ["fault": .string(fault)])
        }
        _ = try await world.control("paybill", ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 5])
        let left = try await world.send("GET", "/control/faults").body["faults"]?.elements ?? []
        #expect(left.count == 4)
    }

    @Test(arguments: Asking.allCases) func aQueryFailsForAKnownPayment(asking: Asking) async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: try await Self.ask(asking, .queryFault, world))
        _ = try await world.sink.arrivals("/stk")
        let answer = try await world.query(id)
        #expect(answer.status == 500 && answer.errorCode == "500.001.1001")
        #expect(answer.body["errorMessage"] == "")
        // For the phone it is always so, and else as often as was asked.
        #expect(try await world.query(id).status == (asking == .phone ? 500 : 200))
    }

    @Test(arguments: Asking.allCases) func aQueryContradictsTheCallback(asking: Asking) async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: try await Self.ask(asking, .queryContradicts, world))
        let arrival = try #require(try await world.sink.arrivals("/stk").first)
        #expect(arrival.body.at("Body", "stkCallback", "ResultCode") == 0)
        #expect(try await world.query(id).body["ResultCode"] == "1037")
    }

    @Test func faultsComeAtARate() async throws {
        let world = try await MPesaWorld()
        _ = try await world.control("faults", ["fault": "server_error", "times": 0, "percent": 50])
        let token = try await world.token()
        var failed = 0
        for _ in 0..<60 {
            let answer = try await world.call("/mpesa/stkpushquery/v1/query", world.queryBody("ws_CO_1"), token: token)
            if answer.errorCode == "500.003.1001" { failed += 1 }
        }
        #expect((10...50).contains(failed))
        let cleared = try await world.control("faults", ["clear": true])
        #expect(cleared.body["faults"] == [])
        let answer = try await world.call("/mpesa/stkpushquery/v1/query", world.queryBody("ws_CO_1"), token: token)
        #expect(answer.errorCode == "500.001.1001")
    }

    @Test func queriesFailAtTheRateOfTheSettings() async throws {
        let world = try await MPesaWorld { $0.queryFaultPercent = 100 }
        let id = try await world.push()
        _ = try await world.sink.arrivals("/stk")
        #expect(try await world.query(id).errorCode == "500.001.1001")
    }

    @Test func aFaultForOnePhoneLeavesTheOthersAlone() async throws {
        let world = try await MPesaWorld()
        let phone = MPesaWorld.ordinaryPhone
        _ = try await world.control("faults", ["fault": "callback_doubled", "phone": .string(phone), "times": 2])
        _ = try await world.push(phone: MPesaWorld.phone, path: "/other")
        for index in 0..<3 {
            _ = try await world.push(phone: phone, path: "/own\(index)")
            _ = try await world.sink.arrivals("/own\(index)", count: index < 2 ? 2 : 1)
        }
        _ = try await world.push(phone: "254711000222", path: "/last")
        _ = try await world.sink.arrivals("/last")
        #expect(world.sink.all.filter { $0.path == "/other" }.count == 1)
        #expect(world.sink.all.filter { $0.path == "/own2" }.count == 1)
        #expect(try await world.send("GET", "/control/faults").body["faults"] == [])
    }

    @Test func nothingIsSentAgainAndTheFailureIsKnown() async throws {
        let world = try await MPesaWorld(answer: { path in
            if path == "/stk" { throw CancellationError() }
            return CallbackSink.accepted
        })
        _ = try await world.push()
        _ = try await world.call(
            Self.path,
            world.stkBody(phone: MPesaWorld.ordinaryPhone, ["CallBackURL": "http://127.0.0.1:1/x"])
        )
        let deliveries = try await Waiting.until {
            let found = try await world.payments()["deliveries"]?.elements ?? []
            return found.count == 2 ? found : nil
        }
        #expect(deliveries.filter { $0["status"] == 500 }.count == 1)
        #expect(deliveries.filter { $0["status"] == .null && $0["failure"] != .null }.count == 1)
        _ = try await world.push(path: "/later")
        _ = try await world.sink.arrivals("/later")
        #expect(Self.callbacks(world).count == 1)
    }
}
