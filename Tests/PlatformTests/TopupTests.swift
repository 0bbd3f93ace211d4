import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct TopupTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aPushThatIsPaidIsCreditedOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let desk = PaymentDesk()
        let topup = try await world.askFor()
        #expect(topup.status == .pending)
        try await world.advance(desk)
        let push = try #require(desk.state.withLock { $0.pushes.first })
        #expect(push.phone == World.payer && push.amountMinor == 500_00)
        #expect(push.account == world.workspace.mpesaAccountReference)
        let parts = push.callbackURL.split(separator: "/").map(String.init)
        #expect(PushCallback(world.context).topupID(parts[parts.count - 2], token: parts[parts.count - 1]) == topup.id)
        for _ in 0..<3 {
            let isOurs = try await TakePushResult(world.context).callback(
                world.paid(topup, receipt: "UKL1AB2CD3"),
                topupID: topup.id
            )
            #expect(isOurs)
        }
        let confirmed = try await world.topup(topup.id)
        #expect(confirmed.status == .confirmed && confirmed.receipt == "UKL1AB2CD3")
        #expect(try await world.balance() == before + 500_00)
        #expect(try await world.events("wallet.top_up") == 1)
        world.clock.advance(by: .seconds(3600))
        try await world.advance(desk)
        #expect(desk.state.withLock { $0.pushes.count == 1 && $0.questions == 0 })
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whoeverTellsFirstTheMoneyIsCreditedOnce(engine: TestDatabase.Engine) async throws {
        // Callback, confirmation at the Paybill, and the answer to a question, in every order.
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let world = try await World(engine)
            let before = try await world.balance()
            let desk = PaymentDesk()
            desk.state.withLock { $0.outcomes = [.paid] }
            let topup = try await world.askFor()
            try await world.advance(desk)
            for voice in order {
                world.clock.advance(by: .seconds(11))
                switch voice {
                case 0:
                    let result = world.paid(topup, receipt: "UKL1AB2CD3")
                    _ = try await TakePushResult(world.context).callback(result, topupID: topup.id)
                case 1:
                    let news = world.paybill("UKL1AB2CD3", 500_00, account: world.workspace.mpesaAccountReference)
                    _ = try await TakePaybillPayment(world.context)(news)
                default: try await world.advance(desk)
                }
            }
            let confirmed = try await world.topup(topup.id)
            #expect(confirmed.status == .confirmed && confirmed.receipt == "UKL1AB2CD3", "\(order)")
            #expect(try await world.balance() == before + 500_00, "\(order)")
            #expect(try await world.count("payments") == 1, "\(order)")
            #expect(try await world.count("topups") == 1, "\(order)")
            #expect(try await world.events("wallet.top_up") == 1, "\(order)")
            #expect(try await world.differences().isEmpty)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aPaymentByTheSamePhoneThatIsAnotherCountsToo(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        let news = world.paybill("UKL1MANUAL", 500_00, account: world.workspace.mpesaAccountReference)
        _ = try await TakePaybillPayment(world.context)(news)
        _ = try await TakePushResult(world.context).callback(
            world.paid(topup, receipt: "UKL1PUSHED"),
            topupID: topup.id
        )
        #expect(try await world.balance() == before + 1000_00)
        #expect(try await world.count("payments") == 2)
        #expect(try await world.count("topups") == 2)
        #expect(try await world.differences().isEmpty)
    }

    /// A question said that the first push was paid. Its receipt comes when a second push of the same amount is under way.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aLateReceiptIsThatOfTheCreditThatWaitsForIt(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let desk = PaymentDesk()
        desk.state.withLock { $0.outcomes = [.paid] }
        let first = try await world.askFor()
        try await world.advance(desk)
        let late = world.paybill("UKL1FIRST", 500_00, account: world.workspace.mpesaAccountReference)
        world.clock.advance(by: .seconds(11))
        try await world.advance(desk)
        #expect(try await world.topup(first.id).status == .confirmed)
        world.clock.advance(by: .seconds(20))
        let second = try await world.askFor()
        desk.state.withLock { $0.failures = [.unanswered("lost on the way there")] }
        try await world.advance(desk)
        #expect(try await TakePaybillPayment(world.context)(late) == .known)
        #expect(try await world.balance() == before + 500_00)
        #expect(try await world.topup(first.id).receipt == "UKL1FIRST")
        #expect(try await world.topup(second.id).status == .pending)
        // And when the second was paid after all, it counts.
        let more = world.paybill("UKL1SECOND", 500_00, account: world.workspace.mpesaAccountReference)
        #expect(try await TakePaybillPayment(world.context)(more) == .credited)
        #expect(try await world.balance() == before + 1000_00)
        #expect(try await world.topup(second.id).receipt == "UKL1SECOND")
    }

    /// Two phones are asked for the same amount, and M-Pesa does not say who paid: the receipt goes to the wrong push, until a
    /// question says that the other was paid.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aReceiptThatLookedLikeAnothersIsNotCreditedAgain(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let desk = PaymentDesk()
        let first = try await world.askFor()
        let second = try await world.askFor(phone: "+254700000124")
        try await world.advance(desk)
        let account = world.workspace.mpesaAccountReference
        _ = try await TakePaybillPayment(world.context)(
            world.paybill("UKL1FIRST", 500_00, account: account, payer: "254 ***** ***")
        )
        #expect(try await world.balance() == before + 500_00)
        let wrong = try await world.topup(first.id).status == .confirmed ? first : second
        let right = wrong.id == first.id ? second : first
        desk.state.withLock { $0.outcomes = [.paid] }
        world.clock.advance(by: .seconds(11))
        try await world.advance(desk)
        #expect(try await world.balance() == before + 500_00, "the same money")
        #expect(try await world.topup(right.id).receipt == "UKL1FIRST")
        // The other's own receipt counts when it comes.
        _ = try await TakePaybillPayment(world.context)(
            world.paybill("UKL1SECOND", 500_00, account: account, payer: "254 ***** ***")
        )
        #expect(try await world.balance() == before + 1000_00)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aPaymentThatOnlyTheCallbackTiesToItsPushIsShownOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        // Somebody else's phone, as far as the confirmation can tell.
        let account = world.workspace.mpesaAccountReference
        let news = world.paybill("UKL1AB2CD3", 500_00, account: account, payer: "2547 ***** 999")
        _ = try await TakePaybillPayment(world.context)(news)
        let own = try #require(
            try await ReadTopups(world.context).page(TopupFilter(), workspaceID: world.workspace.id).topups.first
        )
        #expect(own.method == .paybill && own.status == .confirmed)
        _ = try await TakePushResult(world.context).callback(
            world.paid(topup, receipt: "UKL1AB2CD3"),
            topupID: topup.id
        )
        #expect(try await world.balance() == before + 500_00)
        let shown = try await ReadTopups(world.context).page(TopupFilter(), workspaceID: world.workspace.id).topups
        #expect(shown.map(\.id) == [topup.id] && shown.first?.status == .confirmed)
        #expect(try await world.topup(own.id).id == topup.id)
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatDoesNotFitIsNotCredited(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        let take = TakePushResult(world.context)
        let forged = world.paid(topup, receipt: "UKL1FORGED", name: "ws_CO_other")
        #expect(try await take.callback(forged, topupID: topup.id) == false)
        #expect(try await world.topup(topup.id).status == .pending)
        _ = try await take.callback(world.paid(topup, receipt: "UKL1AB2CD3", minor: 1_00), topupID: topup.id)
        let failed = try await world.topup(topup.id)
        #expect(failed.status == .failed && failed.failure?.reason == .amountMismatch)
        #expect(try await world.balance() == before)
        let waiting = try await ResolvePayment(world.context).waiting()
        #expect(waiting.map(\.receipt) == ["UKL1AB2CD3"] && waiting.first?.reason == .amountMismatch)
        #expect(
            PushCallback(world.context).topupID(topup.id.uuidString, token: String(repeating: "0", count: 64)) == nil
        )
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func lateMoneyOverridesAFailureAndNothingOverridesMoney(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let topup = try await world.askFor()
        try await world.advance(PaymentDesk())
        let take = TakePushResult(world.context)
        let cancelled = PushResult(
            checkoutRequestID: "ws_CO_1",
            outcome: .refused(TopupFailure(.cancelled, code: "1032", text: "Request cancelled by user"))
        )
        _ = try await take.callback(cancelled, topupID: topup.id)
        #expect(try await world.topup(topup.id).failure?.reason == .cancelled)
        _ = try await take.callback(world.paid(topup, receipt: "UKL1AB2CD3"), topupID: topup.id)
        _ = try await take.callback(cancelled, topupID: topup.id)
        let paid = try await world.topup(topup.id)
        #expect(paid.status == .confirmed && paid.failure == nil)
        #expect(try await world.balance() == before + 500_00)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aPushThatNobodyTellsOfExpiresAndMayStillBePaid(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let desk = PaymentDesk()
        let topup = try await world.askFor()
        for _ in 0..<30 {
            try await world.advance(desk)
            world.clock.advance(by: .seconds(15))
        }
        #expect(try await world.topup(topup.id).status == .expired)
        let (pushes, questions) = desk.state.withLock { ($0.pushes.count, $0.questions) }
        #expect(pushes == 1 && questions == 7)
        _ = try await TakePushResult(world.context).callback(
            world.paid(topup, receipt: "UKL1AB2CD3"),
            topupID: topup.id
        )
        #expect(try await world.topup(topup.id).status == .confirmed)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aPhoneIsNeverAskedTwice(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let desk = PaymentDesk()
        desk.state.withLock { $0.failures = [.unavailable("busy"), .unanswered("the line was cut")] }
        let topup = try await world.askFor()
        for _ in 0..<40 {
            try await world.advance(desk)
            world.clock.advance(by: .seconds(10))
        }
        // The first time it was certain that nothing had happened; the second time it was not.
        #expect(desk.state.withLock { $0.pushes.count } == 2)
        #expect(try await world.topup(topup.id).status == .expired)
        let refused = PaymentDesk()
        refused.state.withLock {
            $0.failures = [.refused(code: "400.002.02", text: "Bad Request - Invalid PhoneNumber")]
        }
        let second = try await world.askFor()
        try await world.advance(refused)
        #expect(
            try await world.topup(second.id).failure
                == TopupFailure(
                    .refused,
                    code: "400.002.02",
                    text: "Bad Request - Invalid PhoneNumber"
                )
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func requestsAreChecked(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let cases: [(RequestTopup.Wish, ErrorCode, String?)] = [
            (.init(phone: World.payer, amountMinor: 99_00), .requestInvalid, "amount_minor"),
            (.init(phone: World.payer, amountMinor: 150_001_00), .requestInvalid, "amount_minor"),
            (.init(phone: World.payer, amountMinor: 100_50), .requestInvalid, "amount_minor"),
            (.init(phone: "+254200000001", amountMinor: 100_00), .requestInvalid, "phone_e164"),
            (.init(phone: World.payer, amountMinor: 100_00, currency: "USD"), .currencyMismatch, "currency"),
            (.init(phone: World.payer, amountMinor: 100_00, provider: "airtel"), .requestInvalid, "provider"),
        ]
        for (wish, code, field) in cases {
            let refusal = await #expect(throws: PlatformError.self) {
                try await RequestTopup(world.context)(wish, workspaceID: world.workspace.id)
            }
            #expect(refusal?.code == code && refusal?.field == field)
        }
        #expect(try await world.count("topups") == 0)
        _ = try await world.askFor(150_000_00)
        let second = await #expect(throws: PlatformError.self) { try await world.askFor(100_00) }
        #expect(second?.code == .topupPending)
        _ = try await world.askFor(100_00, phone: "+254110000123")
    }
}
