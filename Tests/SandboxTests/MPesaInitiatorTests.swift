import Foundation
import Platform
import Sandbox
import TestSupport
import Testing

/// Transaction status, reversal and account balance (facts section 7).
@Suite(.timeLimit(.minutes(1))) struct MPesaInitiatorTests {
    private static let status = "/mpesa/transactionstatus/v1/query"
    private static let reversal = "/mpesa/reversal/v1/request"
    private static let balance = "/mpesa/accountbalance/v1/query"

    /// A paid receipt of ten shillings.
    private static func receipt(_ world: MPesaWorld) async throws -> String {
        let paid = try await world.control(
            "paybill",
            ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 10, "account": "A1"]
        )
        return paid.body["TransID"]?.stringValue ?? ""
    }

    private static func result(_ world: MPesaWorld, count: Int = 1) async throws -> JSONValue {
        try await world.sink.arrivals("/result", count: count).last?.body["Result"] ?? .null
    }

    @Test func theStatusOfATransactionIsTold() async throws {
        let world = try await MPesaWorld()
        let receipt = try await Self.receipt(world)
        let answer = try await world.call(Self.status, world.statusBody(receipt))
        #expect(answer.status == 200 && answer.body["ResponseCode"] == "0")
        let conversation = try #require(answer.body["ConversationID"]?.stringValue)
        #expect(conversation.wholeMatch(of: #/AG_20260627_[0-9a-f]{20}/#) != nil)
        let result = try await Self.result(world)
        #expect(result["ResultType"] == 0 && result["ResultCode"] == 0)
        #expect(result["ConversationID"] == .string(conversation))
        #expect(result["OriginatorConversationID"] == answer.body["OriginatorConversationID"])
        #expect(result.at("ReferenceData", "ReferenceItem", "Key") == "QueueTimeoutURL")
        let parameters = try #require(result.at("ResultParameters", "ResultParameter"))
        #expect(parameters.named("ReceiptNo") == .string(receipt))
        #expect(parameters.named("TransactionStatus") == "Completed")
        #expect(parameters.named("Amount") == 10)
        #expect(parameters.named("FinalisedTime") == 20_260_627_130_000)
        #expect(parameters.named("DebitPartyName")?.stringValue?.hasPrefix(MPesaWorld.ordinaryPhone) == true)
        let charges = parameters.elements.first { $0["Key"] == "DebitPartyCharges" }
        #expect(charges != nil && charges?["Value"] == nil)
        let conversationID = try #require(parameters.named("OriginatorConversationID"))
        let changes: [String: JSONValue?] = ["TransactionID": nil, "OriginalConversationID": conversationID]
        _ = try await world.call(Self.status, world.statusBody("", changes))
        let again = try await Self.result(world, count: 2)
        #expect(again.at("ResultParameters", "ResultParameter")?.named("ReceiptNo") == .string(receipt))
    }

    @Test func whatIsUnknownOrWrongIsToldLater() async throws {
        let world = try await MPesaWorld()
        let cases: [(path: String, body: JSONValue, code: JSONValue)] = [
            (Self.status, world.statusBody("UFR0000000"), 25),
            (Self.status, world.statusBody("UFR0000000", ["Initiator": "nobody"]), 2001),
            (Self.reversal, world.reversalBody("UFR0000000", amount: 10), "R000002"),
            (Self.balance, world.balanceBody(["Initiator": "nobody"]), 2001),
        ]
        for (index, entry) in cases.enumerated() {
            let answer = try await world.call(entry.path, entry.body)
            #expect(answer.status == 200, "\(answer.text)")
            let result = try await Self.result(world, count: index + 1)
            #expect(result["ResultCode"] == entry.code, "\(result.text)")
            #expect(result["ResultParameters"] == nil)
        }
    }

    @Test func aReversalMovesTheMoneyBackOnce() async throws {
        let world = try await MPesaWorld()
        let receipt = try await Self.receipt(world)
        #expect(try await world.call(Self.reversal, world.reversalBody(receipt, amount: 10)).status == 200)
        let result = try await Self.result(world)
        #expect(result["ResultCode"] == "0", "\(result.text)")
        let parameters = try #require(result.at("ResultParameters", "ResultParameter"))
        #expect(parameters.named("OriginalTransactionID") == .string(receipt))
        #expect(parameters.named("Amount") == "10.00")
        #expect(parameters.named("TransCompletedTime") == "20260627130000")
        #expect(parameters.named("DebitAccountBalance") == "Utility Account|KES|0.00|0.00|0.00|0.00")
        #expect(try await world.payments()["balance"] == 0)
        _ = try await world.call(Self.reversal, world.reversalBody(receipt, amount: 10))
        #expect(try await Self.result(world, count: 2)["ResultCode"] == "R000001")
        let reversal = try #require(result["TransactionID"]?.stringValue)
        _ = try await world.call(Self.reversal, world.reversalBody(reversal, amount: 10))
        #expect(try await Self.result(world, count: 3)["ResultCode"] == "R000002")
        _ = try await world.call(Self.status, world.statusBody(reversal))
        let status = try await Self.result(world, count: 4)
        #expect(status.at("ResultParameters", "ResultParameter")?.named("ReasonType") == "Pay Bill Reversal")
        #expect(try await world.payments()["balance"] == 0)
    }

    @Test func aReversalNeedsItsAmountAndTheMoney() async throws {
        let world = try await MPesaWorld { $0.openingBalance = -5 }
        let receipt = try await Self.receipt(world)
        _ = try await world.call(Self.reversal, world.reversalBody(receipt, amount: 9))
        #expect(try await Self.result(world)["ResultCode"] == "R000002")
        _ = try await world.call(Self.reversal, world.reversalBody(receipt, amount: 10))
        #expect(try await Self.result(world, count: 2)["ResultCode"] == "1")
        #expect(try await world.payments()["balance"] == 5)
    }

    @Test func theBalanceIsOneString() async throws {
        let world = try await MPesaWorld { $0.openingBalance = 1200 }
        #expect(try await world.call(Self.balance, world.balanceBody()).status == 200)
        let parameters = try #require(try await Self.result(world).at("ResultParameters", "ResultParameter"))
        let accounts = parameters.named("AccountBalance")?.stringValue?.split(separator: "&") ?? []
        #expect(accounts.count == 5)
        #expect(accounts.contains("Utility Account|KES|1200.00|1200.00|0.00|0.00"))
        #expect(parameters.named("BOCompletedTime") == 20_260_627_130_000)
    }

    @Test func aQueueTimeoutGoesToItsOwnURL() async throws {
        let world = try await MPesaWorld()
        _ = try await world.control("faults", ["fault": "queue_timeout"])
        let answer = try await world.call(Self.balance, world.balanceBody())
        let arrival = try #require(try await world.sink.arrivals("/timeout").first)
        #expect(arrival.body.at("Result", "ResultType") == 1)
        #expect(arrival.body.at("Result", "ConversationID") == answer.body["ConversationID"])
        _ = try await world.call(Self.balance, world.balanceBody())
        _ = try await Self.result(world)
        #expect(world.sink.all.count == 2)
    }

    @Test(arguments: [
        ("status", "IdentifierType", "9" as JSONValue, "400.003.02"), ("status", "CommandID", "Query", "400.003.02"),
        ("status", "SecurityCredential", "%%%", "400.003.02"), ("status", "ResultURL", "x", "400.003.02"),
        ("status", "PartyA", "600000", "400.003.02"), ("status", "TransactionID", .null, "400.003.02"),
        ("reversal", "RecieverIdentifierType", "4", "400.002.02"),
        ("reversal", "ReceiverParty", "600000", "400.002.02"),
        ("reversal", "Remarks", "x", "400.002.02"), ("reversal", "TransactionID", .null, "400.002.02"),
        ("reversal", "Amount", "ten", "400.002.02"), ("reversal", "QueueTimeOutURL", .null, "400.002.02"),
        ("balance", "PartyA", "1", "400.002.02"), ("balance", "SecurityCredential", "", "400.002.02"),
        ("balance", "CommandID", .null, "400.002.02"), ("balance", "Initiator", .null, "400.002.02"),
    ])
    func aWrongFieldIsNamed(call: String, field: String, value: JSONValue, code: String) async throws {
        let world = try await MPesaWorld()
        let changes: [String: JSONValue?] = [field: value]
        let answer =
            switch call {
            case "status": try await world.call(Self.status, world.statusBody("UFR0000000", changes))
            case "reversal": try await world.call(Self.reversal, world.reversalBody("UFR0", amount: 1, changes))
            default: try await world.call(Self.balance, world.balanceBody(changes))
            }
        #expect(answer.status == 400 && answer.errorCode == code, "\(answer.text)")
        #expect(answer.body["errorMessage"] == .string("Bad Request - Invalid \(field)"))
    }

    /// The password encrypted by another program with the key's public half.
    @Test func aCredentialIsOpenedWithTheKey() async throws {
        let folder = try TemporaryFolder("credential")
        let (key, password, sealed) = (folder.path("key.pem"), folder.path("password"), folder.path("sealed"))
        try await Command.run("openssl", ["genrsa", "-out", key, "2048"])
        let world = try await MPesaWorld { $0.initiatorKeyFile = key }
        var codes: [JSONValue?] = []
        for (index, text) in [world.settings.initiatorPassword, "wrong"].enumerated() {
            try Data(text.utf8).write(to: URL(filePath: password))
            try await Command.run(
                "openssl",
                ["pkeyutl", "-encrypt", "-inkey", key, "-in", password, "-out", sealed]
            )
            let credential = try Data(contentsOf: URL(filePath: sealed)).base64EncodedString()
            let changes: [String: JSONValue?] = ["SecurityCredential": .string(credential)]
            _ = try await world.call(Self.balance, world.balanceBody(changes))
            codes.append(try await Self.result(world, count: index + 1)["ResultCode"])
        }
        _ = try await world.call(Self.status, world.statusBody("UFR0000000"))
        codes.append(try await Self.result(world, count: 3)["ResultCode"])
        #expect(codes == [0, 18, 2001])
    }
}
