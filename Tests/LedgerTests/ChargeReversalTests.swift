import Database
import Ledger
import Primitives
import TestSupport
import Testing

/// Paying charges back in parts.
@Suite struct ChargeReversalTests {
    private static func account(_ owner: Identifier, _ kind: AccountKind) -> AccountReference {
        AccountReference(workspaceID: owner, kind: kind, currency: .kes)
    }

    private static func charge(_ owner: Identifier, net: Int64, tax: Int64) -> EntryDraft {
        var postings = [
            PostingDraft(.debit, net + tax, account(owner, .wallet)),
            PostingDraft(.credit, net, account(owner, .revenue)),
        ]
        if tax > 0 { postings.append(PostingDraft(.credit, tax, account(owner, .tax))) }
        return EntryDraft(key: "charge", kind: .numberRental, description: "", postings: postings)
    }

    /// Whatever parts a charge is paid back in, each has its share of the VAT to a cent, and all of them are the charge.
    @Test(arguments: TestDatabase.Engine.allCases)
    func allPartsTogetherAreTheChargeToTheCent(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ids = SystemIdentifierSource()
        let ledger = Ledger(ids: ids)
        var random = SplitMix64(seed: 7)
        for (net, tax): (Int64, Int64) in [(10_000, 1600), (1333, 213), (1, 0), (7, 1), (235, 0), (3, 3)] {
            let owner = ids.next()
            let draft = Self.charge(owner, net: net, tax: tax)
            let key = "charge:\(owner)"
            let entry = EntryDraft(key: key, kind: draft.kind, description: "", postings: draft.postings)
            _ = try await db.write { try ledger.post(entry, at: ManualWallClock().now(), in: $0) }
            var backMinor: Int64 = 0
            var taxMinor: Int64 = 0
            while backMinor < net + tax {
                let wish = Int64(random.next() % UInt64(net + tax)) + 1
                let number = backMinor
                let part: (amount: Int64, tax: Int64) = try await db.write { tx in
                    let charge = try #require(try LedgerEntries.find(key: key, in: tx))
                    let reversed = try LedgerEntries.reversed(charge.id, in: tx)
                    let reversal = try #require(ChargeReversal(of: charge, reversed: reversed))
                    let amount = min(wish, reversal.leftMinor)
                    let back = EntryDraft(
                        key: "\(key):\(number)",
                        kind: .reversal,
                        description: "",
                        referenceID: charge.id,
                        postings: reversal.postings(amount)
                    )
                    _ = try ledger.post(back, at: ManualWallClock().now(), in: tx)
                    return (amount, reversal.taxMinor(of: amount))
                }
                backMinor += part.amount
                taxMinor += part.tax
                let exact = Double(tax) * Double(backMinor) / Double(net + tax)
                #expect(abs(Double(taxMinor) - exact) <= 0.5, "\(net) and \(tax): \(taxMinor) of \(backMinor)")
            }
            #expect(taxMinor == tax && backMinor == net + tax)
            let balances = try await db.read { tx in
                try [AccountKind.wallet, .revenue, .tax].map {
                    try ledger.balance(of: Self.account(owner, $0), in: tx)
                }
            }
            #expect(balances == [0, 0, 0])
        }
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theCheckerFindsWhatWasReversedTooMuch(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ids = SystemIdentifierSource()
        let ledger = Ledger(ids: ids)
        let owner = ids.next()
        let now = ManualWallClock().now()
        _ = try await db.write { try ledger.post(Self.charge(owner, net: 100, tax: 16), at: now, in: $0) }
        let charge = try await db.read { try LedgerEntries.find(key: "charge", in: $0) }
        for (index, minor): (Int, Int64) in [(0, 100), (1, 17)] {
            let back = EntryDraft(
                key: "back:\(index)",
                kind: .reversal,
                description: "",
                referenceID: charge?.id,
                postings: [
                    PostingDraft(.credit, minor, Self.account(owner, .wallet)),
                    PostingDraft(.debit, minor, Self.account(owner, .revenue)),
                ]
            )
            _ = try await db.write { try ledger.post(back, at: now, in: $0) }
        }
        #expect(
            try await db.read { try LedgerChecker.differences(in: $0) }
                == [.reversedTooMuch(key: "charge", amountMinor: 116, reversedMinor: 117)]
        )
    }

    @Test func whatIsNoChargeHasNothingToPayBack() {
        let ids = SystemIdentifierSource()
        let owner = ids.next()
        func entry(_ kind: EntryKind, _ sides: (AccountKind, Int64)...) -> PostedEntry {
            PostedEntry(
                id: ids.next(),
                key: "",
                kind: kind,
                referenceID: nil,
                amountMinor: 5,
                sides: sides.map { PostedEntry.Side(account: Self.account(owner, $0.0), storedMinor: $0.1) }
            )
        }
        #expect(ChargeReversal(of: entry(.callCharge, (.revenue, -5), (.wallet, 5)), reversed: [:])?.leftMinor == 5)
        let others = [
            entry(.credit, (.operatorCredit, 5), (.wallet, -5)), entry(.topup, (.receipts, 5), (.wallet, -5)),
            entry(.reversal, (.revenue, -5), (.wallet, 5)), entry(.callCharge, (.suspense, -5), (.wallet, 5)),
            entry(.callCharge, (.receipts, -2), (.revenue, -3), (.wallet, 5)), entry(.callCharge),
        ]
        for other in others { #expect(ChargeReversal(of: other, reversed: [:]) == nil) }
    }

    @Test(
        arguments: [
            ("120", 12_000), ("2.5", 250), ("2.50", 250), ("0.05", 5), ("0", 0), ("007", 700),
            ("999999999.99", 99_999_999_999),
            ("", nil), (".5", nil), ("5.", nil), ("1.234", nil), ("-1", nil), ("+1", nil), ("1,000", nil), ("1e3", nil),
            ("1234567890", nil), (" 1", nil), ("1.2.3", nil), ("٣", nil), ("0x1", nil),
        ] as [(String, Int64?)]
    )
    func amountsAreReadAsPeopleWriteThem(_ text: String, _ minor: Int64?) {
        #expect(DecimalText.minor(text) == minor)
    }
}
