import Platform
import Primitives
import Testing

/// Rate sheets as files.
@Suite struct RateSheetFileTests {
    private static let heading = "prefix,country,destination,per_minute_kes\n"

    @Test func columnsComeInAnyOrderAndQuoted() throws {
        let text = """
            \u{FEFF}note,per_minute_kes,destination,country,prefix\r
            x,16,Uganda,UG,256\r
            \r
            ,18.5,"Uganda, ""mobile\""",UG,+2567\r
            """
        #expect(
            try RateSheetFile.read(text) == [
                Rate(prefix: "256", country: "UG", destination: "Uganda", perMinuteMinor: 1600),
                Rate(prefix: "2567", country: "UG", destination: "Uganda, \"mobile\"", perMinuteMinor: 1850),
            ]
        )
    }

    @Test(
        arguments: [
            ("", .empty), ("\n\n", .empty), (heading, .empty),
            ("prefix,country,destination\n1,US,USA", .column("per_minute_kes")),
            ("256,UG,Uganda,16\n257,BI,Burundi,16", .column("prefix")),
            (heading + "256,UG,Uganda,16\n\n,UG,Uganda,16", .field(3, "prefix")),
            (heading + "0256,UG,Uganda,16", .field(2, "prefix")), (heading + "25a,UG,Uganda,16", .field(2, "prefix")),
            (heading + "1234567890123,UG,Uganda,16", .field(2, "prefix")),
            (heading + "٢,UG,Uganda,16", .field(2, "prefix")),
            (heading + "254,KE,Kenya,3", .home(2)), (heading + "25471,KE,Kenya,3", .home(2)),
            (heading + "256,ug,Uganda,16", .field(2, "country")), (heading + "256,,Uganda,16", .field(2, "country")),
            (heading + "256,UG,,16", .field(2, "destination")),
            (heading + "256,UG,\"a\nb\",16", .field(2, "destination")),
            (heading + "256,UG,\(String(repeating: "x", count: 81)),16", .field(2, "destination")),
            (heading + "256,UG,Uganda", .field(2, "per_minute_kes")),
            (heading + "256,UG,Uganda,-1", .field(2, "per_minute_kes")),
            (heading + "256,UG,Uganda,1.234", .field(2, "per_minute_kes")),
            (heading + "256,UG,Uganda,10000.01", .field(2, "per_minute_kes")),
            (heading + "256,UG,Uganda,16\n+256,UG,Uganda,17", .twice("256")),
        ] as [(String, RateSheetFault)]
    )
    func whatIsWrongIsNamed(_ text: String, _ fault: RateSheetFault) {
        #expect(throws: fault) { try RateSheetFile.read(text) }
        #expect(!fault.description.isEmpty)
    }

    @Test func whatIsTooMuchIsRefusedBeforeItIsRead() {
        let many = Self.heading + (0...RateSheetFile.mostRates).map { "1\($0 + 100_000),US,x,1\n" }.joined()
        #expect(throws: RateSheetFault.tooMany) { try RateSheetFile.read(many) }
        let large = String(repeating: "x", count: RateSheetFile.mostBytes + 1)
        #expect(throws: RateSheetFault.tooLarge) { try RateSheetFile.read(large) }
    }

    /// Whatever text it is, there is an answer, and what was read is written as it was.
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func everyTextIsAnswered(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "256", ",", "\"", "\n", "UG", "16.00", "Uganda", "\r\n", " ", "+", "0", "é", "\u{0}", "254", ".", "prefix",
            "2567,UG,x,1\n", "\u{FEFF}",
        ]
        let count = Int(random.next() % 60)
        let text =
            (random.next() % 2 == 0 ? Self.heading : "") + "44,GB,UK,7\n"
            + (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
        do {
            let rates = try RateSheetFile.read(text)
            #expect(try RateSheetFile.read(RateSheetFile.text(rates)) == rates)
        } catch {
            #expect(!error.description.isEmpty)
        }
    }
}
