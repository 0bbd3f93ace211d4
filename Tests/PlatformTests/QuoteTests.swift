import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// What is billed is what was quoted, and a quote changes nothing.
@Suite struct QuoteTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aQuoteLeavesNoTrace(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await AddTrunk(world.context)(
            name: "carrier",
            address: "192.0.2.1:5060",
            transport: .udp,
            prefix: "+254",
            priority: 1
        )
        let tables = ["spend_days", "dial_pace", "dial_queue", "audit_entries", "topups"]
        var before = try await world.counts()
        for table in tables { before[table] = try await world.count(table) }
        let limits = try await ManageLimits(world.context)(workspaceID: world.workspace.id)
        var request = world.request()
        request.maxCostMinor = 50_00
        let call = try await PlaceCall(world.context).quote(request)
        #expect(call.refusal == nil && call.ratePerMinuteMinor == 300 && call.trunk == "carrier")
        #expect(call.mostMinor == 50_00 && call.timeLimit?.length == .seconds(1000))
        let claim = try await ClaimNumber(world.context).quote(
            workspaceID: world.workspace.id,
            wanted: [.e164("+254200000002")],
            field: { _ in "number" },
            routing: NumberRouting()
        )
        #expect(claim.refusal == nil && claim.numbers == ["+254200000002"])
        #expect(claim.charges.map(\.totalMinor) == [World.rentalMinor])
        let wish = RequestTopup.Wish(phone: "+254722000001", amountMinor: 100_00)
        #expect(try await RequestTopup(world.context).quote(wish, workspaceID: world.workspace.id) == nil)
        var after = try await world.counts()
        for table in tables { after[table] = try await world.count(table) }
        #expect(after == before)
        #expect(try await world.balance() == 1000_00)
        #expect(try await ManageLimits(world.context)(workspaceID: world.workspace.id) == limits)
    }

    /// The verdict is what the thing itself is told, word by word.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aVerdictIsTheRefusal(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 1) { $0.maxConcurrentCalls = 1 }
        let numbers = [World.callee, "+254900123456", "+881612345678"]
        func check(_ from: String, _ to: String) async throws {
            let request = CallRequest(workspaceID: world.workspace.id, from: from, to: to)
            let quoted = try await PlaceCall(world.context).quote(request).refusal
            do {
                _ = try await PlaceCall(world.context)(request)
                #expect(quoted == nil, "\(from) \(to)")
            } catch let refusal as PlatformError {
                #expect(quoted == refusal, "\(from) \(to)")
            }
        }
        for _ in 0..<2 {
            for to in numbers { try await check(World.number, to) }
            try await check("+254200000002", World.callee)
        }
        try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        try await check(World.number, World.callee)
        let claim = try await ClaimNumber(world.context).quote(
            workspaceID: world.workspace.id,
            wanted: [.e164("+254200000002"), .e164("+254200000001")],
            field: { "numbers[\($0)]" },
            routing: NumberRouting()
        )
        #expect(claim.refusal?.code == .workspaceSuspended && claim.numbers.isEmpty && claim.charges.count == 2)
    }

    /// Random durations: what `Rating` makes of the quoted price is what the wallet pays, and never more than was quoted as the
    /// most.
    @Test(arguments: TestDatabase.Engine.allCases, [UInt64(7), 8])
    func callsCostWhatWasQuoted(engine: TestDatabase.Engine, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let rate = Int64(random.next() % 2000) + 60
        let world = try await World(engine, creditMinor: 1_000_000_00) { $0.prices.outboundPerMinuteMinor = rate }
        let node = world.context.ids.next()
        for index in 0..<25 {
            var request = world.request()
            if index.isMultiple(of: 2) { request.maxCostMinor = Int64(random.next() % 100_00) + 100 }
            let quote = try await PlaceCall(world.context).quote(request)
            let most = try #require(quote.mostMinor)
            let call = try await PlaceCall(world.context)(request).call
            _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
            let step = RecordProgress.Step("x", id: world.context.ids.next(), at: world.clock.now(), event: .answered)
            try await RecordProgress(world.context)(callID: call.id, steps: [step])
            let before = try await total(world)
            let length = Duration.milliseconds(Int64(random.next() % 2_000_000))
            world.clock.advance(by: length)
            let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
            let settled = try await SettleCall(world.context)(callID: call.id, ending: ending)
            let seconds = (length.wholeMilliseconds + 500) / 1000
            let rate = try #require(quote.ratePerMinuteMinor)
            let expected = min(Rating.cost(seconds: seconds, ratePerMinuteMinor: rate), most)
            #expect(settled.costMinor == expected)
            #expect(before - (try await total(world)) == expected)
        }
        #expect(try await world.differences() == [])
    }

    /// Random days of several years: a claim takes what was quoted on that day, and that is the days' share of the month with VAT.
    @Test(arguments: TestDatabase.Engine.allCases, [UInt64(11), 12])
    func claimsCostWhatWasQuoted(engine: TestDatabase.Engine, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let world = try await World(engine, creditMinor: 1_000_000_00) {
            $0.prices.numberMonthlyMinor = Int64(random.next() % 50_000) + 1
        }
        for index in 0..<25 {
            world.clock.advance(by: .milliseconds(Int64(random.next() % (60 * 86_400_000))))
            let number = "+2542011100\(index + 10)"
            _ = try await AddNumbers(world.context)([number])
            let quote = try await ClaimNumber(world.context).quote(
                workspaceID: world.workspace.id,
                wanted: [.e164(number)],
                field: { _ in "number" },
                routing: NumberRouting()
            )
            let before = try await world.balance()
            let claimed = try await ClaimNumber(world.context)(workspaceID: world.workspace.id, wanted: .e164(number))
            let charge = try #require(quote.charges.first)
            #expect(claimed.charge == charge && quote.refusal == nil)
            #expect(before - (try await world.balance()) == charge.totalMinor)
            // The same by hand, in halves so that it is exact.
            let price = world.context.settings.prices.numberMonthlyMinor
            let net = (2 * price * charge.days + charge.daysInMonth) / (2 * charge.daysInMonth)
            #expect(charge.netMinor == net && charge.taxMinor == (net * 1600 + 5000) / 10_000)
        }
    }

    /// The wallet with what is set aside.
    private func total(_ world: World) async throws -> Int64 {
        let wallet = try await GetWallet(world.context)(workspaceID: world.workspace.id)
        return wallet.balance.minor + wallet.heldMinor
    }
}
