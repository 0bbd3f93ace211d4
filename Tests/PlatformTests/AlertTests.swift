import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Low balances are told once for each fall below a threshold, and only to those who want to know.
@Suite struct AlertTests {
    private static let baseURL = "https://api.example"

    /// What the events said, in their order.
    private func alerts(_ world: World, of workspaceID: Identifier? = nil) async throws -> [[Int64]] {
        world.clock.advance(by: .seconds(3))
        return try await ListEvents(world.context)(
            workspaceID: workspaceID ?? world.workspace.id,
            after: nil,
            kinds: ["wallet.low_balance"],
            limit: 100
        ).map { event in
            let data = try #require(try JSONValue(parsing: Data(event.body.utf8))["data"])
            #expect(data["currency"] == "KES")
            return [try #require(data["balance_minor"]?.integer), try #require(data["threshold_minor"]?.integer)]
        }
    }

    private func set(_ world: World, _ thresholds: [Int64]) async throws {
        let set = try await SetThresholds(world.context)(
            workspaceID: world.workspace.id,
            thresholdsMinor: thresholds
        )
        #expect(set.first == thresholds.first && Set(set) == Set(thresholds))
    }

    /// A call that costs KES 3 for each minute.
    private func spend(_ world: World, minutes: Int) async throws {
        let call = try await world.answeredCall(node: world.context.ids.next())
        world.clock.advance(by: .seconds(60 * minutes))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        try await SettleCall(world.context)(callID: call.id, ending: ending)
    }

    private func topUp(_ world: World, _ minor: Int64) async throws {
        let receipt = "UK" + world.context.ids.secret(byteCount: 4).hexString.uppercased()
        let news = world.paybill(receipt, minor, account: world.workspace.mpesaAccountReference)
        _ = try await TakePaybillPayment(world.context)(news)
    }

    private func add(_ world: World, _ email: String, owner: String? = nil) async throws -> AlertRecipient {
        try await ManageAlertRecipients(world.context).add(
            email: email,
            workspaceID: world.workspace.id,
            owner: owner,
            baseURL: Self.baseURL
        ).recipient
    }

    /// What went out since the last time.
    private func mails(_ world: World) async throws -> [Mail] {
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        return outbox.mails.withLock { $0 }
    }

    private func token(in mail: Mail?) throws -> String {
        let text = try #require(mail).text
        let tail = try #require(text.components(separatedBy: "token=").last)
        return String(tail.prefix { !$0.isWhitespace })
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eachThresholdIsToldOnceForEachFallBelowIt(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 100_00)
        try await set(world, [90_00, 97_00, 50_00])
        // 100 to 97: at the threshold is not below it.
        try await spend(world, minutes: 1)
        #expect(try await alerts(world).isEmpty)
        try await spend(world, minutes: 1)
        var told: [[Int64]] = [[94_00, 97_00]]
        #expect(try await alerts(world) == told)
        try await spend(world, minutes: 1)
        #expect(try await alerts(world) == told)
        // Over two at once, in one posting.
        try await spend(world, minutes: 15)
        told += [[46_00, 90_00], [46_00, 50_00]]
        #expect(try await alerts(world) == told)
        // Up over one of them, and down again.
        try await topUp(world, 100_00)
        #expect(try await alerts(world) == told)
        try await spend(world, minutes: 18)
        told += [[92_00, 97_00]]
        #expect(try await alerts(world) == told)
        // A threshold that the balance is below already waits for the next fall.
        try await set(world, [95_00])
        try await spend(world, minutes: 1)
        #expect(try await alerts(world) == told)
        // Without thresholds nothing is told.
        try await set(world, [])
        try await topUp(world, 100_00)
        try await spend(world, minutes: 60)
        #expect(try await alerts(world) == told)
        #expect(try await GetWallet(world.context)(workspaceID: world.workspace.id).lowBalanceThresholdMinor == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func rentalsAreSeenToo(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 200_00)
        try await set(world, [150_00])
        _ = try await CreateSubscription(world.context)(
            workspaceID: world.workspace.id,
            url: "https://crm.example/hooks",
            events: ["wallet.*"]
        )
        world.clock.advance(by: .seconds(4 * 86_400))
        _ = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(try await RenewRentals(world.context)().renewed == 1)
        #expect(try await alerts(world) == [[84_00, 150_00]])
        #expect(try await LeaseDeliveries(world.context)(limit: 10).map(\.kind) == ["wallet.low_balance"])
        // What is paid back raises the wallet and rings no bell, and neither does a payment.
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        #expect(try await alerts(world).count == 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofAHundredChargesAtOnceOneIsTheOneThatIsTold(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 1000_00) { $0.maxConcurrentCalls = 0 }
        try await set(world, [850_00, 701_00])
        _ = try await add(world, "me@example.com", owner: "me@example.com")
        var calls: [Call] = []
        for _ in 0..<100 { calls.append(try await world.answeredCall(node: world.context.ids.next())) }
        world.clock.advance(by: .seconds(60))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in calls {
                group.addTask { try await SettleCall(world.context)(callID: call.id, ending: ending) }
            }
            try await group.waitForAll()
        }
        #expect(try await world.balance() == 700_00)
        #expect(try await alerts(world) == [[847_00, 850_00], [700_00, 701_00]])
        #expect(try await mails(world).count == 2)
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func nobodyIsWrittenToWhoHasNotSaidYes(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 100_00)
        try await set(world, [90_00])
        let recipient = try await add(world, "Finance@Example.com")
        #expect(recipient.status == .pending && recipient.email == "finance@example.com")
        // Adding it again sends nothing, and neither does the fall.
        #expect(try await add(world, "finance@example.com") == recipient)
        try await spend(world, minutes: 4)
        let asked = try await mails(world)
        #expect(asked.map(\.recipient) == ["finance@example.com"])
        let yes = try token(in: asked.first)
        #expect(try await AnswerAlertMail(world.context).confirm(token: yes) == "finance@example.com")
        #expect(await code { _ = try await AnswerAlertMail(world.context).confirm(token: yes) } == .linkInvalid)
        try await topUp(world, 10_00)
        #expect(try await mails(world).isEmpty)
        try await spend(world, minutes: 4)
        let told = try #require(try await mails(world).first)
        #expect(told.subject == "The wallet of Acme is below KES 90.00" && told.text.contains("holds KES 86.00"))
        // The link in the mail stops the mails, as the mail program's own button does.
        let no = try token(in: told)
        #expect(told.unsubscribeURL == "\(Self.baseURL)/alerts/stop?token=\(no)")
        for _ in 0..<2 { #expect(try await AnswerAlertMail(world.context).stop(token: no) == "finance@example.com") }
        #expect(try await ManageAlertRecipients(world.context).list(workspaceID: world.workspace.id).isEmpty)
        try await topUp(world, 10_00)
        try await spend(world, minutes: 4)
        #expect(try await mails(world).isEmpty)
        #expect(try await alerts(world).count == 3)
        for wrong in ["", "x", no + "0", String(no.dropLast(2)), no.replacing("alr_", with: "top_") + "ff", yes] {
            #expect(await code { _ = try await AnswerAlertMail(world.context).stop(token: wrong) } == .linkInvalid)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func askingHasItsLimits(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let manage = ManageAlertRecipients(world.context)
        let id = world.workspace.id
        let recipient = try await add(world, "a@example.com")
        func resend() async throws {
            _ = try await manage.resend(recipient.id, workspaceID: id, baseURL: Self.baseURL)
        }
        let old = try token(in: try await mails(world).first)
        #expect(await code { try await resend() } == .rateLimitExceeded)
        // Taking it off and putting it there again is no way around.
        try await manage.remove(recipient.id, workspaceID: id)
        #expect(await code { _ = try await add(world, "a@example.com") } == .rateLimitExceeded)
        world.clock.advance(by: .seconds(600))
        _ = try await add(world, "a@example.com")
        #expect(await code { _ = try await AnswerAlertMail(world.context).confirm(token: old) } == .linkInvalid)
        for _ in 0..<3 {
            world.clock.advance(by: .seconds(600))
            try await resend()
        }
        world.clock.advance(by: .seconds(600))
        #expect(await code { try await resend() } == .rateLimitExceeded)
        let last = try token(in: try await mails(world).last)
        world.clock.advance(by: .seconds(7 * 86_400))
        #expect(await code { _ = try await AnswerAlertMail(world.context).confirm(token: last) } == .linkExpired)
        for number in 0..<9 { _ = try await add(world, "b\(number)@example.com") }
        #expect(await code { _ = try await add(world, "c@example.com") } == .tooManyAlertRecipients)
        // Another workspace's list is none of ours.
        let other = try await CreateWorkspace(world.context)(name: "O", email: "o@example.com", creditMinor: 0)
        #expect(
            await code { try await manage.remove(recipient.id, workspaceID: other.workspace.id) }
                == .alertRecipientNotFound
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func playMoneyHasEventsAndNoMails(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        var wish = KeyWish(name: "ci", scopes: Scope.testable)
        wish.isTest = true
        let made = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
        let twin = try await AuthenticateKey(world.context)(made.secret).workspaceID
        let refusal = await code {
            _ = try await ManageAlertRecipients(world.context).add(
                email: "a@example.com",
                workspaceID: twin,
                baseURL: Self.baseURL
            )
        }
        #expect(refusal == .alertTestMode)
        _ = try await SetThresholds(world.context).first(workspaceID: twin, thresholdMinor: 10_000_00)
        _ = try await ClaimNumber(world.context)(workspaceID: twin, wanted: .e164("+254200900001"))
        #expect(try await alerts(world, of: twin) == [[10_000_00 - World.rentalMinor, 10_000_00]])
        #expect(try await mails(world).isEmpty)
    }

    @Test func whatIsNoThresholdIsRefused() async throws {
        let world = try await World(.sqlite)
        for wrong in [[0], [-1], [1 << 51], [5, 5], Array(1...11)] as [[Int64]] {
            #expect(await code { try await set(world, wrong) } == .requestInvalid)
        }
        let thresholds = SetThresholds(world.context)
        let id = world.workspace.id
        try await set(world, [20, 10, 30])
        #expect(try await thresholds.first(workspaceID: id, thresholdMinor: 10) == [10, 30])
        #expect(try await thresholds.first(workspaceID: id, thresholdMinor: 0) == [30])
        #expect(try await thresholds.first(workspaceID: id, thresholdMinor: 40) == [40])
        #expect(await code { _ = try await thresholds.first(workspaceID: id, thresholdMinor: -1) } == .requestInvalid)
    }
}
