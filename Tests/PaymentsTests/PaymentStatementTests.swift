import Payments
import Platform
import Primitives
import Testing

@Suite struct PaymentStatementTests {
    private static let heading =
        "Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,"
        + "Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.\r\n"

    @Test func paymentsAndReversalsAreRead() throws {
        let text =
            "\u{FEFF}Organization,Acme\r\n\r\n" + Self.heading
            + "UFR1AAAAAA,2026-06-27 13:01:02,2026-06-27 13:01:00,\"Pay Bill, from\",Completed,\"1,250.00\",,1.00,true,"
            + "Pay Bill,254700000123 - ASHA \"\"A\"\" K,,ts-7k2m9qxd\r\n"
            + "UFR1BBBBBB,2026-06-27 14:00:00,2026-06-27 14:00:00,Reversal,Completed,,-1250.00,0.00,true,Reversal,x,"
            + "UFR1AAAAAA,\r\nUFR1CCCCCC,2026-06-27 15:00:00,,x,Failed,5.00,,,,,,,\r\n"
        let statement = try PaymentStatement(csv: text)
        #expect(statement.payments.map(\.receipt) == ["UFR1AAAAAA"] && statement.reversed == ["UFR1AAAAAA"])
        let payment = try #require(statement.payments.first)
        #expect(payment.amountMinor == 1250_00 && payment.account == "ts-7k2m9qxd" && payment.payer == "254700000123")
        #expect(payment.occurredAt.rfc3339Seconds == "2026-06-27T10:01:02Z")
        #expect(statement.span?.upperBound.rfc3339Seconds == "2026-06-27T11:00:00Z")
    }

    @Test func aStatementThatCannotBeReadSaysWhere() throws {
        #expect(throws: StatementFault.column("Receipt No.")) { try PaymentStatement(csv: "") }
        #expect(throws: StatementFault.column("Paid In")) {
            try PaymentStatement(csv: "Receipt No.,Completion Time,Transaction Status\n")
        }
        for (row, column) in [
            ("UFR1AAAAAA,soon,,,Completed,5.00", "Completion Time"),
            ("?,2026-06-27 13:01:02,,,Completed,5.00", "Receipt No."),
            ("UFR1AAAAAA,2026-06-27 13:01:02,,,Completed,five", "Paid In"),
        ] {
            #expect(throws: StatementFault.line(2, column: column)) { try PaymentStatement(csv: Self.heading + row) }
        }
    }

    @Test func damagedStatementsAreReadOrRefused() {
        var random = SplitMix64(seed: 11)
        let text = Array((Self.heading + "UFR1AAAAAA,2026-06-27 13:01:02,,\"a,b\",Completed,5.00,,,,,,,TS\r\n").utf8)
        var refused = 0
        for _ in 0..<5000 {
            var bytes = text
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            do { _ = try PaymentStatement(csv: String(decoding: bytes, as: UTF8.self)) } catch { refused += 1 }
        }
        #expect((1..<5000).contains(refused))
    }
}
