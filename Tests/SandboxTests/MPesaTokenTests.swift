import Foundation
import Platform
import Primitives
import Sandbox
import Testing

/// OAuth, and what every call says of a token (facts section 1).
@Suite(.timeLimit(.minutes(1))) struct MPesaTokenTests {
    private static let path = "/oauth/v1/generate?grant_type=client_credentials"

    private static func basic(_ text: String) -> [String: String] {
        ["Authorization": "Basic " + Data(text.utf8).base64EncodedString()]
    }

    @Test func aTokenHasTheShapeOfTheSamples() async throws {
        let world = try await MPesaWorld()
        let key = Self.basic("\(world.settings.consumerKey):\(world.settings.consumerSecret)")
        let answer = try await world.send("GET", Self.path, headers: key)
        #expect(answer.status == 200)
        #expect(answer.body["access_token"]?.stringValue?.count == 28)
        #expect(answer.body["expires_in"] == 3599)
        let other = try await MPesaWorld { $0.strictness.sendsExpiryAsText = true }
        #expect(try await other.send("GET", Self.path, headers: key).body["expires_in"] == "3599")
    }

    @Test func eachRefusalHasItsCode() async throws {
        let world = try await MPesaWorld()
        let key = Self.basic("\(world.settings.consumerKey):\(world.settings.consumerSecret)")
        #expect(try await world.send("GET", Self.path).errorCode == "404.001.04")
        let bearer = try await world.send("GET", Self.path, headers: ["Authorization": "Bearer x"])
        #expect(bearer.status == 400 && bearer.errorCode == "400.008.01")
        let grant = try await world.send("GET", "/oauth/v1/generate?grant_type=password", headers: key)
        #expect(grant.status == 400 && grant.errorCode == "400.008.02")
        #expect(try await world.send("GET", "/oauth/v1/generate", headers: key).errorCode == "400.008.02")
        #expect(try await world.send("POST", Self.path, headers: key).errorCode == "405.001")
        for wrong in [Self.basic("a:b"), ["Authorization": "Basic ***"]] {
            let answer = try await world.send("GET", Self.path, headers: wrong)
            #expect(answer.status == 400 && answer.text.isEmpty)
        }
    }

    @Test func aNewTokenEndsTheOneBefore() async throws {
        let world = try await MPesaWorld()
        let first = try await world.token()
        let path = "/mpesa/stkpushquery/v1/query"
        #expect(try await world.call(path, world.queryBody("ws_CO_1"), token: first).errorCode == "500.001.1001")
        let second = try await world.token()
        let refused = try await world.call(path, world.queryBody("ws_CO_1"), token: first)
        #expect(refused.status == 404 && refused.errorCode == "404.001.03")
        #expect(refused.body["errorMessage"] == "Invalid Access Token")
        #expect(refused.body["requestId"]?.stringValue?.isEmpty == false)
        #expect(try await world.call(path, world.queryBody("ws_CO_1"), token: second).errorCode == "500.001.1001")
    }

    @Test func aTokenEndsWithItsTime() async throws {
        let world = try await MPesaWorld()
        let token = try await world.token()
        world.clock.advance(by: .seconds(3599))
        let path = "/mpesa/stkpushquery/v1/query"
        #expect(try await world.call(path, world.queryBody("ws_CO_1"), token: token).errorCode == "500.001.1001")
        world.clock.advance(by: .seconds(1))
        #expect(try await world.call(path, world.queryBody("ws_CO_1"), token: token).errorCode == "404.001.03")
    }

    @Test(arguments: [
        ("/mpesa/stkpush/v1/processrequest", 404, "404.001.03"), ("/mpesa/stkpushquery/v1/query", 404, "404.001.03"),
        ("/mpesa/c2b/v1/registerurl", 400, "400.003.01"), ("/mpesa/c2b/v2/registerurl", 400, "400.003.01"),
        ("/mpesa/c2b/v1/simulate", 400, "400.003.01"), ("/mpesa/c2b/v2/simulate", 400, "400.003.01"),
        ("/mpesa/transactionstatus/v1/query", 400, "400.003.01"), ("/mpesa/reversal/v1/request", 404, "404.001.03"),
        ("/mpesa/accountbalance/v1/query", 401, "401.002.01"), ("/pulltransactions/v1/register", 401, "401.001"),
        ("/pulltransactions/v1/query", 401, "401.001"),
    ])
    func eachFamilyRefusesATokenInItsWords(path: String, status: Int, code: String) async throws {
        let world = try await MPesaWorld()
        let wrong = try await world.call(path, [:], token: "not-a-token")
        #expect(wrong.status == status && wrong.errorCode == code)
        if code == "401.002.01" {
            #expect(wrong.body["errorMessage"] == "Error Occurred - Invalid Access Token - not-a-token")
        }
        let bare = try await world.send("POST", path, Array("{}".utf8))
        #expect(bare.status == 404 && bare.errorCode == "404.001.04")
        #expect(try await world.call(path, [:], method: "PUT").errorCode == "405.001")
        if path != "/pulltransactions/v1/query" {
            #expect(try await world.send("GET", path).errorCode == "404.001.04")
        }
    }

    @Test(arguments: [
        ("/mpesa/stkpush/v2/processrequest", "404.001.01"), ("/mpesa/accountbalance/v9/query", "404.002.01"),
        ("/mpesa/c2b/v3/simulate", "404.003.01"), ("/", "404.001.01"),
        ("/mpesa/stkpush/v1/processrequest/", "404.001.01"),
    ])
    func aWrongPathIsAResourceNotFound(path: String, code: String) async throws {
        let world = try await MPesaWorld()
        let answer = try await world.call(path, [:])
        #expect(answer.status == 404 && answer.errorCode == code, "\(answer.text)")
    }
}
