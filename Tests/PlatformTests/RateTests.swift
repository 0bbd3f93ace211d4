import Database
import Platform
import Primitives
import TestSupport
import Testing

/// What calls cost by where they go.
@Suite struct RateTests {
    private static let day = Duration.seconds(86_400)

    private static func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PlatformError)?.code
        }
    }

    private static func rate(_ prefix: String, _ minor: Int64) -> Rate {
        Rate(prefix: prefix, country: "ZZ", destination: "to \(prefix)", perMinuteMinor: minor)
    }

    /// The built-in sheet with some rates changed, added, or taken out.
    private static func sheet(_ changes: [String: Int64?] = [:]) -> [Rate] {
        let kept = RateSheet.builtIn.all.filter { changes[$0.prefix] == nil }
        return kept + changes.compactMap { prefix, minor in minor.map { rate(prefix, $0) } }
    }

    /// What a table that is read line by line would find.
    private static func naive(_ number: String, _ rates: [Rate]) -> Rate? {
        rates.filter { number.hasPrefix($0.prefix) }.max { $0.prefix.utf8.count < $1.prefix.utf8.count }
    }

    private static func digits(_ count: Int, _ random: inout SplitMix64, of alphabet: UInt64 = 10) -> String {
        (0..<count).map { _ in String(random.next() % alphabet) }.joined()
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theLongestPrefixDecides(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Few digits, so that prefixes are often prefixes of each other.
        var rates: [String: Rate] = [:]
        for index in 0..<300 {
            let prefix = Self.digits(Int(random.next() % 12) + 1, &random, of: 3)
            rates[prefix] = Self.rate(prefix, Int64(index))
        }
        let all = Array(rates.values)
        let sheet = RateSheet(ManualWallClock().now(), all)
        let wrong = (0..<1000).map { _ in Self.digits(Int(random.next() % 15) + 1, &random, of: 3) }.filter { number in
            let expected = Self.naive(number, all)
            return sheet.rate(of: number) != expected || sheet.rate(of: "+" + number) != expected
        }
        #expect(wrong == [])
        #expect(sheet.all.map(\.prefix) == rates.keys.sorted())
    }

    /// A new sheet is dearer when any number is, of all that there can be with three digits and five places.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func aSheetIsDearerWhenAnyNumberIs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func sheet(_ count: Int, above least: UInt64) -> RateSheet {
            let rates = (0..<count).map { _ in
                Self.rate(Self.digits(Int(random.next() % 4) + 1, &random, of: 3), Int64(random.next() % 4 + least))
            }
            return RateSheet(ManualWallClock().now(), rates)
        }
        // Mostly cheaper, so that there are both.
        let (before, after) = (sheet(20, above: 3), sheet(20, above: 0))
        let numbers = (0..<243).map { String($0 + 243, radix: 3).dropFirst() }
        let isDearer = numbers.contains { number in
            let (old, new) = (before.rate(of: String(number)), after.rate(of: String(number)))
            guard let old, let new else { return false }
            return new.perMinuteMinor > old.perMinuteMinor
        }
        #expect(RateChanges(from: before, to: after).isDearer == isDearer)
    }

    @Test func whatIsNoNumberHasNoRate() {
        for text in ["", "+", "256a", "+256 7", "1234567890123456", "٢٥٦"] {
            #expect(RateSheet.builtIn.rate(of: text) == nil, "\(text)")
        }
    }

    /// In memory and in the table the same is found.
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsToComeIsFoundAsWhatIsInForce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = world.clock.now()
        let rates = Self.sheet(["256": 1000, "25677": 1700, "2567": nil, "44": 700, "4477": 650])
        let header = try await ImportRates(world.context)(rates, from: nil)
        let numbers = ["+256772123456", "+256312123456", "+447700900123", "+442079460958", "+14155550100"]
        for text in numbers {
            let number = try PhoneNumber(parsing: text, field: "to")
            let found = try await Rates(world.context).lookUp(number)
            #expect(found.current.rate == RateSheet.builtIn.rate(of: text))
            let next = try #require(Self.naive(String(number.e164.dropFirst()), rates))
            #expect(found.upcoming.map(\.rate) == [next])
            #expect(found.upcoming.map(\.effectiveAt) == [header.effectiveAt])
        }
        for (moment, minor) in [
            (before, 1800), (header.effectiveAt - .milliseconds(1), 1800), (header.effectiveAt, 1700),
        ]
            as [(Timestamp, Int64)]
        {
            #expect(try await Rates(world.context).rate(for: numbers[0], at: moment)?.perMinuteMinor == minor)
        }
        world.clock.advance(by: .seconds(60))
        let after = try await Rates(world.context).lookUp(try PhoneNumber(parsing: numbers[0], field: "to"))
        #expect(after.current.rate.perMinuteMinor == 1700 && after.upcoming.isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallCostsWhatItsDestinationDoes(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        func place(_ to: String) async throws -> Call {
            try await PlaceCall(world.context)(
                CallRequest(workspaceID: world.workspace.id, from: World.number, to: to)
            ).call
        }
        #expect(try await place("+256772123456").ratePerMinuteMinor == 1800)
        #expect(try await place("+254712345678").ratePerMinuteMinor == 300)
        let refusal = await #expect(throws: PlatformError.self) { try await place("+22670123456") }
        #expect(refusal?.code == .destinationUnrated && refusal?.field == "to")
        #expect(try await world.count("calls") == 2)
        var change = PriceChange()
        change.outboundPerMinuteMinor = 280
        _ = try await SetPrices(world.context)(change, from: nil)
        _ = try await ImportRates(world.context)([Self.rate("2567", 1500)], from: nil)
        world.clock.advance(by: .seconds(60))
        #expect(try await place("+256772123456").ratePerMinuteMinor == 1500)
        #expect(try await place("+254712345678").ratePerMinuteMinor == 280, "Kenya is in the price list")
        #expect(await Self.code { _ = try await place("+256312123456") } == .destinationUnrated)
        // 61 seconds at KES 15.00.
        let call = try await place("+256772123456")
        _ = try await TakeVoiceCommands(world.context)(nodeID: world.context.ids.next(), limit: 10)
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now() + .seconds(61))
        let ended = try await SettleCall(world.context)(
            callID: call.id,
            ending: ending,
            answeredAt: world.clock.now()
        )
        #expect(ended.costMinor == 1525)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aDearerSheetIsAnnouncedThirtyDaysBefore(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (load, now) = (ImportRates(world.context), world.clock.now())
        let dearer: [[String: Int64?]] = [
            ["256": 1601], ["25677": 1801], ["256": 1600, "2567": nil, "25678": 1801],
            ["4": 1, "44": nil, "4479": 901],
        ]
        for changes in dearer {
            for from in [nil, now + Self.day * 30 - .milliseconds(1)] {
                let refused = await Self.code { _ = try await load(Self.sheet(changes), from: from) }
                #expect(refused == .pricesTooSoon, "\(changes)")
            }
        }
        // Cheaper, new, or gone.
        let first = try await load(Self.sheet(["256": 1599, "2567": nil, "881": 9000, "7": nil, "77": nil]), from: nil)
        #expect(await Self.code { _ = try await load(Self.sheet(), from: first.effectiveAt) } == .pricesPlanned)
        #expect(await Self.code { _ = try await load(Self.sheet(), from: now + Self.day) } == .pricesTooSoon)
        let last = try await load(Self.sheet(), from: now + Self.day * 30)
        try await CancelRates(world.context)(from: last.effectiveAt)
        #expect(
            await Self.code { try await CancelRates(world.context)(from: first.effectiveAt - Self.day) }
                == .pricesNotPlanned
        )
        #expect(try await TellWorkspaces(world.context)() == 1)
        world.clock.advance(by: Self.day * 31)
        #expect(
            try await Rates(world.context).rate(for: "+256772123456", at: world.clock.now())?.perMinuteMinor == 1599
        )
        #expect(try await Rates(world.context).rate(for: "+79161234567", at: world.clock.now()) == nil)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aLargeSheetIsStoredAsItWasRead(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        var random = SplitMix64(seed: 3)
        var rates: [String: Rate] = [:]
        while rates.count < 12_345 {
            let prefix = "4" + Self.digits(Int(random.next() % 8) + 2, &random)
            rates[prefix] = Self.rate(prefix, Int64(random.next() % 700))
        }
        let read = try RateSheetFile.read(RateSheetFile.text(Array(rates.values)))
        let header = try await ImportRates(world.context)(read, from: world.clock.now() + Self.day * 30)
        #expect(header.count == 12_345)
        let found = try await ListRates(world.context)(at: header.effectiveAt)
        #expect(found.sheet.all == rates.values.sorted { $0.prefix < $1.prefix })
        #expect(try await ListRates(world.context)(at: world.clock.now()).upcoming == [header])
    }
}
