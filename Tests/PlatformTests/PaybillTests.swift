import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct PaybillTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatPeopleTypeIsUnderstoodIfItCanOnlyMeanOne(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let reference = world.workspace.mpesaAccountReference
        let letters = String(reference.dropFirst(3))
        let first = letters.first == "A" ? "B" : "A"
        let swapped = String(letters.dropLast(2)) + String(letters.suffix(2).reversed())
        let understood = [
            reference, reference.lowercased(), letters, " ts \(letters) ", "TS\(letters)", "ts.\(letters.lowercased())",
            "TS-\(first)\(letters.dropFirst())", "TS-\(letters.dropLast())", "TS-\(letters)X", "TX-\(letters)",
            "TS-\(swapped)", String(letters.dropFirst()),
        ]
        for (index, text) in understood.enumerated() {
            let news = world.paybill("UKL1GOOD\(10 + index)", 100_00, account: text)
            #expect(try await TakePaybillPayment(world.context)(news) == .credited, "\(text)")
        }
        let unclear = [
            "", "TS-", "Acme", "TS-\(letters.dropLast(2))", "TS-\(letters)XY",
            "\(first)\(first)\(letters.dropFirst(2))Z",
        ]
        for (index, text) in unclear.enumerated() {
            let news = world.paybill("UKL1BAD\(100 + index)", 100_00, account: text)
            #expect(try await TakePaybillPayment(world.context)(news) == .suspense, "\(text)")
            let verdict = try await TakePaybillPayment(world.context).verdict(
                account: text,
                amountMinor: 100_00,
                isTest: false
            )
            #expect(verdict == .account)
        }
        let take = TakePaybillPayment(world.context)
        #expect(try await take.verdict(account: reference, amountMinor: 100_00, isTest: false) == .accepted)
        #expect(try await take.verdict(account: reference, amountMinor: 99_00, isTest: false) == .amount)
        #expect(try await take.verdict(account: reference, amountMinor: 100_00, isTest: true) == .account)
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTypoBetweenTwoWorkspacesIsNobodys(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let neighbour = try await CreateWorkspace(world.context)(name: "Neighbour", email: "n@example.com").workspace
        let letters = Array(world.workspace.mpesaAccountReference.dropFirst(3))
        let last: Character = letters[7] == "Z" ? "Y" : "Z"
        try await world.context.database.write { tx in
            try tx.execute(
                "UPDATE workspaces SET mpesa_account_ref = $1 WHERE id = $2",
                ["TS-" + String(letters.dropLast()) + String(last), neighbour.id]
            )
        }
        let between = "TS-" + String(letters.dropLast()) + (["W", "Y", "Z"].contains(letters[7]) ? "X" : "W")
        let take = TakePaybillPayment(world.context)
        #expect(try await take(world.paybill("UKL1BETWEEN", 100_00, account: between)) == .suspense)
        let exact = world.paybill("UKL1EXACT", 100_00, account: world.workspace.mpesaAccountReference)
        #expect(try await take(exact) == .credited)
        #expect(try await world.balance() == 1000_00 + 100_00)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theOperatorResolvesOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1LOST", 250_00, account: "rent"))
        #expect(try await world.balance() == before)
        let resolve = ResolvePayment(world.context)
        #expect(try await resolve.waiting().count == 1)
        try await resolve(receipt: "UKL1LOST", to: world.workspace.id)
        #expect(try await world.balance() == before + 250_00)
        #expect(try await resolve.waiting().isEmpty)
        for (receipt, code) in [("UKL1LOST", ErrorCode.paymentNotWaiting), ("UKL1NEVER", .paymentNotFound)] {
            let refusal = await #expect(throws: PlatformError.self) {
                try await resolve(receipt: receipt, to: world.workspace.id)
            }
            #expect(refusal?.code == code)
        }
        let again = world.paybill("UKL1LOST", 250_00, account: "rent")
        #expect(try await TakePaybillPayment(world.context)(again) == .known)
        #expect(try await world.balance() == before + 250_00)
        #expect(try await world.events("wallet.top_up") == 1)
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyVoicesAtOnceOneCredits(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        let account = world.workspace.mpesaAccountReference
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<30 {
                group.addTask {
                    if index.isMultiple(of: 2) {
                        let result = world.paid(topup, receipt: "UKL1AB2CD3")
                        _ = try await TakePushResult(world.context).callback(result, topupID: topup.id)
                    } else {
                        let news = world.paybill("UKL1AB2CD3", 500_00, account: account)
                        _ = try await TakePaybillPayment(world.context)(news)
                    }
                }
                // And unmatched ones, whose receipts alone keep them apart.
                group.addTask {
                    _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1LOST", 250_00, account: "rent"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await world.balance() == before + 500_00)
        #expect(try await world.count("payments") == 2)
        #expect(try await world.events("wallet.top_up") == 1)
        #expect(try await world.differences().isEmpty)
    }
}
