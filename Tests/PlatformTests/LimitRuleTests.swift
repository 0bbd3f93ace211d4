import Foundation
import Ledger
import Primitives
import Testing

@testable import Platform

/// The rules of limits as values: tables of what goes in and what comes out.
@Suite struct LimitRuleTests {
    @Test(
        arguments: [
            ("+254712345678", nil), ("+254112345678", nil), ("+254800123456", nil), ("+442071234567", nil),
            ("+14155550100", nil), ("+252612345678", nil), ("+254900123456", .premiumRefused),
            ("+19005550100", .premiumRefused), ("+449012345678", .premiumRefused), ("+448712345678", .premiumRefused),
            ("+881612345678", .highRiskRefused), ("+870773111111", .highRiskRefused),
            ("+18765550100", .highRiskRefused),
            ("+9603001234", .highRiskRefused),
        ] as [(String, ErrorCode?)]
    )
    func aDestinationIsJudgedByHowItBegins(number: String, code: ErrorCode?) {
        #expect(DestinationRules.refusal(to: number, [Limits()])?.code == code)
    }

    @Test func countriesAndRangesAreThoseThatAllAllow() {
        var workspace = Limits()
        workspace.countries = ["KE", "UG", "CA"]
        workspace.highRiskPrefixes = ["+881"]
        var key = Limits()
        key.countries = ["KE", "CA"]
        func code(_ number: String) -> ErrorCode? { DestinationRules.refusal(to: number, [workspace, key])?.code }
        #expect(code("+254712345678") == nil && code("+14165550100") == nil)
        #expect(code("+256712345678") == .countryNotAllowed && code("+14155550100") == .countryNotAllowed)
        // Satellites have no country: a list of countries does not have them, whoever opened the range.
        #expect(code("+881612345678") == .countryNotAllowed)
        (workspace.countries, key.countries) = (nil, nil)
        #expect(code("+881612345678") == nil)
        key.highRiskPrefixes = []
        #expect(code("+881612345678") == .highRiskRefused)
    }

    @Test(arguments: ["999", "112", "911", "+254999", "254112", "0911", "+254 911", "00254999", "+112", "0 999"])
    func emergencyNumbersAreRefusedHoweverTheyAreWritten(text: String) {
        let refusal = #expect(throws: PlatformError.self) { try PhoneNumber(parsing: text, field: "to") }
        #expect(refusal?.code == .destinationRefused && refusal?.field == "to")
    }

    @Test func numbersThatBeginLikeEmergencyNumbersAreNumbers() throws {
        #expect(try PhoneNumber(parsing: "0112345678", field: "to").e164 == "+254112345678")
        #expect(try PhoneNumber(parsing: "+919991234567", field: "to").e164 == "+919991234567")
    }

    @Test func rangesDoNotOverlap() {
        let prefixes = HighRiskRange.all.map(\.prefix)
        for prefix in prefixes { #expect(prefixes.count { prefix.hasPrefix($0) } == 1, "\(prefix)") }
    }

    @Test func theDocumentHasTheRanges() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/money.md"), encoding: .utf8)
        for range in HighRiskRange.all { #expect(text.contains("| `\(range.prefix)` | \(range.name) |")) }
        #expect(text.components(separatedBy: "| `+").count - 1 == HighRiskRange.all.count)
    }

    /// Two a second: the first at once, each of the rest half a second after the one before, however late they come.
    @Test func aPaceGivesTurns() {
        let start = Timestamp(millisecondsSinceEpoch: 1_000_000)
        var pace = DialPace(next: nil, perSecond: 2)
        var turns: [Int64] = []
        for placed in [0, 0, 100, 100, 5000, 5100] as [Int64] {
            let now = start + .milliseconds(placed)
            let turn = pace.turn(at: now)
            pace.take(turn ?? now)
            turns.append((turn ?? now).millisecondsSinceEpoch - start.millisecondsSinceEpoch)
        }
        #expect(turns == [0, 500, 1000, 1500, 5000, 5500])
    }

    /// What is kept between calls is exact to the microsecond: three a second are three a second for ever.
    @Test func aPaceThatIsNoWholeNumberOfMillisecondsDoesNotDrift() {
        let now = Timestamp(millisecondsSinceEpoch: 0)
        var next: Int64?
        var last = now
        for _ in 0..<3001 {
            var pace = DialPace(next: next, perSecond: 3)
            last = pace.turn(at: now) ?? now
            pace.take(last)
            next = pace.nextMicroseconds
        }
        #expect((999_000...1_003_000).contains(last.millisecondsSinceEpoch), "\(last.millisecondsSinceEpoch)")
    }

    /// The longest time that an amount pays for is the longest: it costs no more, and a second more does.
    @Test func aCapPaysForItsSecondsAndNotForOneMore() throws {
        var random = SplitMix64(seed: 44)
        for _ in 0..<20_000 {
            let cost = Int64(random.next() % 100_000)
            let rate = Int64(random.next() % 5000) + 1
            let seconds = try #require(Rating.seconds(for: cost, ratePerMinuteMinor: rate))
            #expect(Rating.cost(seconds: seconds, ratePerMinuteMinor: rate) <= cost)
            #expect(Rating.cost(seconds: seconds + 1, ratePerMinuteMinor: rate) > cost)
        }
        #expect(Rating.seconds(for: 100, ratePerMinuteMinor: 0) == nil)
        #expect(Rating.seconds(for: 10, ratePerMinuteMinor: 300) == 2)
    }
}
