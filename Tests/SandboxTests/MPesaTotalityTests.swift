import Foundation
import Platform
import Primitives
import Sandbox
import Testing

/// Whatever is sent, the answer is a refusal in the right envelope, and the sandbox lives on.
@Suite(.timeLimit(.minutes(2))) struct MPesaTotalityTests {
    private static let paths = [
        "/mpesa/stkpush/v1/processrequest", "/mpesa/stkpushquery/v1/query", "/mpesa/c2b/v1/registerurl",
        "/mpesa/c2b/v2/registerurl", "/mpesa/c2b/v1/simulate", "/mpesa/c2b/v2/simulate",
        "/mpesa/transactionstatus/v1/query", "/mpesa/reversal/v1/request", "/mpesa/accountbalance/v1/query",
        "/pulltransactions/v1/register", "/pulltransactions/v1/query",
    ]

    private static func send(
        _ world: MPesaWorld,
        _ path: String,
        _ bytes: [UInt8],
        _ token: String,
        type: String = "application/json"
    ) async throws -> MPesaWorld.Answer {
        let headers = ["Authorization": "Bearer \(token)", "Content-Type": type]
        return try await world.send("POST", path, bytes, headers: headers)
    }

    @Test(arguments: paths) func whatIsNoObjectIsUnreadable(path: String) async throws {
        let world = try await MPesaWorld()
        let token = try await world.token()
        let deep = String(repeating: "[", count: 30_000)
        let bodies: [[UInt8]] = [
            [], Array("{".utf8), Array("[]".utf8), Array("null".utf8), Array("7".utf8), Array("\"text\"".utf8),
            [0xFF, 0xFE, 0x00], Array("{\"a\":\"\\uD800\"".utf8), Array(deep.utf8), Array("{\"a\":1e999}x".utf8),
            [UInt8](repeating: 0x20, count: 70_000),
        ]
        for body in bodies {
            let answer = try await Self.send(world, path, body, token)
            #expect(answer.status == 400 && answer.errorCode == "400.002.05", "\(body.prefix(20)): \(answer.text)")
            #expect(answer.body["errorMessage"] == "Invalid Request Payload")
        }
        for body in ["{}", #"{"BusinessShortCode":null,"ShortCode":[],"Initiator":{}}"#] {
            let answer = try await Self.send(world, path, Array(body.utf8), token)
            #expect(answer.body["errorMessage"]?.stringValue?.hasPrefix("Bad Request - Invalid ") == true)
        }
        let query = try await Self.send(world, "/mpesa/stkpushquery/v1/query", world.queryBody("ws_CO_1").bytes, token)
        #expect(query.errorCode == "500.001.1001")
    }

    /// The gateway looks at the type first, and then finds no field.
    @Test func aWrongTypeLooksLikeAWrongShortcode() async throws {
        let world = try await MPesaWorld()
        let token = try await world.token()
        let answer = try await Self.send(world, Self.paths[0], world.stkBody().bytes, token, type: "text/plain")
        #expect(answer.body["errorMessage"] == "Bad Request - Invalid BusinessShortCode")
    }

    /// Right bodies with one field replaced by each of these: an answer or a refusal, never HTTP 500 without its code.
    @Test(arguments: paths) func everyFieldMayBeAnything(path: String) async throws {
        let world = try await MPesaWorld { $0.strictness.requiresPullRegistration = false }
        let token = try await world.token()
        let right = Self.right(path, world)
        let values: [JSONValue] = [
            .null, true, -1, 0, .integer(.max), .integer(.min), .double(1e300), .double(0.1), "", " ", "\u{0}",
            .string(String(repeating: "9", count: 5000)), "\u{1F4B8}", "٣٤٥٦٧", [], [1], [:], ["a": ["b": []]],
            "http://", "http://[::1", "20260230000000", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "====",
            "Bearer x",
        ]
        for member in right.members {
            for value in values {
                let body = MPesaWorld.changed(right, [member.name: .some(value)])
                let answer = try await Self.send(world, path, body.bytes, token)
                let isFine = answer.status == 200 || answer.errorCode != nil
                #expect(isFine, "\(member.name) = \(value): \(answer.status) \(answer.text)")
                #expect(answer.status != 500 || answer.errorCode?.hasPrefix("500.00") == true)
            }
        }
        // The right body still works, but for the query of a payment that is not there, and for a phone that is busy.
        let last = try await Self.send(world, path, right.bytes, token)
        #expect(last.status == 200 || last.errorCode == "500.001.1001", "\(last.text)")
    }

    @Test func randomBytesAreRefused() async throws {
        let world = try await MPesaWorld()
        let token = try await world.token()
        var random = SplitMix64(seed: 7)
        for round in 0..<300 {
            var body = world.stkBody().bytes
            for _ in 0..<(1 + round % 8) {
                body[Int(random.next() % UInt64(body.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            let answer = try await Self.send(world, Self.paths[round % Self.paths.count], body, token)
            #expect(answer.status == 200 || answer.errorCode != nil, "\(String(decoding: body, as: UTF8.self))")
        }
        #expect(try await world.token().count == 28)
    }

    private static func right(_ path: String, _ world: MPesaWorld) -> JSONValue {
        switch path {
        case "/mpesa/stkpush/v1/processrequest": world.stkBody(phone: "254700000201")
        case "/mpesa/stkpushquery/v1/query": world.queryBody("ws_CO_1")
        case "/mpesa/c2b/v1/registerurl", "/mpesa/c2b/v2/registerurl": world.registerBody()
        case "/mpesa/c2b/v1/simulate", "/mpesa/c2b/v2/simulate": world.simulateBody()
        case "/mpesa/transactionstatus/v1/query": world.statusBody("UFR0000000")
        case "/mpesa/reversal/v1/request": world.reversalBody("UFR0000000", amount: 1)
        case "/mpesa/accountbalance/v1/query": world.balanceBody()
        case "/pulltransactions/v1/register": world.pullRegisterBody()
        default: world.pullBody("2026-06-27 00:00:00", "2026-06-28 00:00:00")
        }
    }
}
