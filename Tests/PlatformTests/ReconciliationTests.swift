import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct ReconciliationTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsMissingIsCreditedOnceAndWhatDiffersIsTold(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let account = world.workspace.mpesaAccountReference
        let start = world.clock.now()
        for receipt in ["UKL1KNOWN1", "UKL1KNOWN2", "UKL1GONE"] {
            world.clock.advance(by: .seconds(3600))
            _ = try await TakePaybillPayment(world.context)(world.paybill(receipt, 100_00, account: account))
        }
        let end = world.clock.now() + .seconds(3600)
        let list = [
            world.paybill("UKL1KNOWN1", 100_00, account: account),
            world.paybill("UKL1KNOWN2", 900_00, account: account),
            world.paybill("UKL1MISSED", 250_00, account: account), world.paybill("UKL1STRAY", 50_00, account: "rent"),
        ]
        let reconcile = ReconcilePayments(world.context)
        let first = try await reconcile(
            list,
            reversed: ["UKL1KNOWN1", "UKL1NEVER"],
            complete: start...end,
            isTest: false
        )
        #expect(first.count == 4 && first.credited == ["UKL1MISSED"] && first.suspended == ["UKL1STRAY"])
        #expect(
            first.differences == [
                .amount(receipt: "UKL1KNOWN2", listedMinor: 900_00, knownMinor: 100_00),
                .reversed(receipt: "UKL1KNOWN1", amountMinor: 100_00),
                .notListed(receipt: "UKL1GONE", amountMinor: 100_00),
            ]
        )
        let second = try await reconcile(list, complete: nil, isTest: false)
        #expect(second.credited.isEmpty && second.suspended.isEmpty && second.differences.count == 1)
        #expect(try await world.balance() == before + 300_00 + 250_00)
        #expect(try await world.differences().isEmpty)
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) } == [])
    }

    /// The callback, the confirmation and the answers are all lost: the list alone confirms the push.
    @Test(arguments: TestDatabase.Engine.allCases)
    func theListConfirmsAPushThatNobodyToldOf(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        world.clock.advance(by: .seconds(20))
        let news = world.paybill("UKL1AB2CD3", 500_00, account: world.workspace.mpesaAccountReference)
        world.clock.advance(by: .seconds(20 * 3600))
        try await world.advance(PaymentDesk())
        let report = try await ReconcilePayments(world.context)([news], complete: nil, isTest: false)
        #expect(report.credited == ["UKL1AB2CD3"])
        let confirmed = try await world.topup(topup.id)
        #expect(confirmed.status == .confirmed && confirmed.receipt == "UKL1AB2CD3")
        #expect(try await world.count("topups") == 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func thePulledListBringsWhatIsMissing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let desk = PaymentDesk()
        let news = world.paybill("UKL1AB2CD3", 500_00, account: world.workspace.mpesaAccountReference)
        desk.state.withLock { $0.list = [news] }
        world.clock.advance(by: .seconds(3600))
        let gateways = PaymentGateways(live: PaymentLine(desk, callbackURL: "https://api.example"), test: nil)
        let pull = PullPayments(world.context, gateways: gateways)
        #expect(try await pull().credited == ["UKL1AB2CD3"])
        #expect(try await pull().credited.isEmpty)
        #expect(try await world.balance() == before + 500_00)
    }

    /// The check finds what it is for.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aPaymentThatWasTamperedWithIsFound(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let account = world.workspace.mpesaAccountReference
        _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1GOOD", 100_00, account: account))
        _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1LOST", 70_00, account: "rent"))
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) } == [])
        try await world.context.database.write { try $0.execute("UPDATE payments SET amount_minor = amount_minor + 1") }
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) }.count == 2)
        try await world.context.database.write { try $0.execute("UPDATE payments SET amount_minor = amount_minor - 1") }
        try await world.context.database.write { try $0.execute("UPDATE payments SET topup_id = NULL") }
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) }.count == 1)
        try await world.context.database.write {
            try $0.execute("UPDATE ledger_accounts SET balance_minor = balance_minor - 5 WHERE kind = 'wallet'")
        }
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) }.count == 2)
    }
}
