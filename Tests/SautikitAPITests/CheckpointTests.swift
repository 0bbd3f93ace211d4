import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Signed months, as they are served.
@Suite struct CheckpointTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aMonthIsServedAsAFileThatProvesItself(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        for number in 0..<501 {
            try await CreditWallet(world.context)(
                workspaceID: world.workspaceID,
                amountMinor: 1_00,
                key: "\(number)",
                description: "Goodwill"
            )
        }
        try await world.claimNumber()
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
        try await world.serving(.live) { client in
            let early = try await world.ask(client, .get, "/v1/wallet/checkpoints/2026-06")
            #expect(early.status == 409 && early.json["error"]?["code"] == "wallet.month_not_over")
            world.clock.advance(by: .seconds(31 * 86_400))
            let keys = try await world.ask(client, .get, "/v1/wallet/checkpoints/key").json
            let hex = try #require(keys["public_key"]?.stringValue)
            let key = try #require([UInt8](hexString: hex))
            let file = try await world.send(client, .get, "/v1/wallet/checkpoints/2026-06")
            #expect(file.headers[.contentDisposition] == #"attachment; filename="wallet-2026-06.json""#)
            let checkpoint = try CheckpointFile.verify(Data(file.bytes), expectedKey: key)
            #expect(checkpoint.lines.count == 503)
            let list = try await world.ask(client, .get, "/v1/wallet/transactions?limit=1").json["data"]?.elements
            let newest = try #require(list?.first)
            let last = try #require(checkpoint.lines.last)
            #expect(newest["id"]?.stringValue == last.posting.entryID.rendered(prefix: "txn"))
            #expect(newest["balance_after_minor"]?.integer == checkpoint.closing.balanceMinor)
            let theirs = try await world.send(client, .get, "/v1/wallet/checkpoints/2026-06", key: other.apiKey)
            #expect(try CheckpointFile.verify(Data(theirs.bytes), expectedKey: key).lines.isEmpty)
            let wrong = try await world.ask(client, .get, "/v1/wallet/checkpoints/june")
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "month")
        }
    }
}
