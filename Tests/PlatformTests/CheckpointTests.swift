import Crypto
import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Months of the wallet, signed, and the file that they are.
@Suite struct CheckpointTests {
    private static let month: Duration = .seconds(31 * 86_400)

    private func credit(_ world: World, _ minor: Int64, _ key: String) async throws {
        try await CreditWallet(world.context)(
            workspaceID: world.workspace.id,
            amountMinor: minor,
            key: key,
            description: "Zawadi ya \"rafiki\",\nasante"
        )
    }

    private func write(_ world: World, _ month: String) async throws -> LedgerCheckpoint {
        try await WriteCheckpoint(world.context)(workspaceID: world.workspace.id, month: month)
    }

    /// June has what the world begins with and a credit; July nothing; August more than is read at once.
    private func fill(_ world: World, august: Int) async throws {
        try await credit(world, 5_00, "june")
        world.clock.advance(by: Self.month)
        world.clock.advance(by: Self.month)
        for number in 0..<august { try await credit(world, Int64(number + 1), "august \(number)") }
        world.clock.advance(by: Self.month)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func monthsFollowFromEachOtherInWhateverOrderTheyAreAskedFor(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        try await fill(world, august: 1003)
        let august = try await write(world, "2026-08")
        let june = try await write(world, "2026-06")
        let july = try await write(world, "2026-07")
        let may = try await write(world, "2026-05")
        #expect(may.lines.isEmpty && may.opening == .start(of: may.span.account) && may.closing == may.opening)
        #expect(june.opening == may.closing && june.lines.count == 3 && june.lines.last?.posting.amountMinor == 5_00)
        #expect(july.opening == june.closing && july.lines.isEmpty)
        #expect(august.opening == july.closing && august.lines.count == 1003)
        #expect(august.closing.balanceMinor == (try await world.balance()))
        #expect(june.span.from.rfc3339 == "2026-05-31T21:00:00.000Z")
        #expect(june.span.to.rfc3339 == "2026-06-30T21:00:00.000Z")
        for checkpoint in [may, june, july, august] {
            #expect(throws: Never.self) { try checkpoint.verify() }
            #expect(try await write(world, checkpoint.span.month) == checkpoint, "the same whenever it is asked for")
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsPostedLateIsOfTheNextMonth(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        try await credit(world, 5_00, "june")
        world.clock.advance(by: Self.month)
        let june = try await write(world, "2026-06")
        // A writer whose clock is a month behind.
        world.clock.advance(by: .seconds(-31 * 86_400))
        let late = PlatformContext(
            database: world.context.database,
            clock: world.clock,
            ids: SystemIdentifierSource(clock: world.clock),
            secrets: world.context.secrets,
            logger: world.context.logger
        )
        try await CreditWallet(late)(
            workspaceID: world.workspace.id,
            amountMinor: 7_00,
            key: "late",
            description: "late"
        )
        world.clock.advance(by: Self.month + Self.month)
        #expect(try await write(world, "2026-06") == june)
        #expect(try await write(world, "2026-07").lines.map(\.posting.amountMinor) == [7_00])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aHistoryThatForceHasChangedIsNotSignedAgain(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        world.clock.advance(by: Self.month)
        _ = try await write(world, "2026-06")
        try await world.context.database.write { tx in
            switch tx.dialect {
            case .sqlite: try tx.execute("DROP TRIGGER ledger_entries_no_update")
            case .postgres: try tx.execute("DROP TRIGGER ledger_entries_no_change ON ledger_entries")
            }
            try tx.execute("UPDATE ledger_entries SET description = 'something else'")
        }
        await #expect(throws: DatabaseError.self) { try await write(world, "2026-06") }
    }

    @Test(arguments: ["2026-06", "2026-7", "2026-13", "", "june", "1969-12", "9999-12", "2026-06-01", "+026-01"])
    func onlyMonthsThatAreOverAreSigned(_ month: String) async throws {
        let world = try await World(.sqlite)
        let error = await #expect(throws: PlatformError.self) { try await write(world, month) }
        #expect(error?.code == (["2026-06", "9999-12"].contains(month) ? .monthNotOver : .requestInvalid))
        #expect(error?.field == "month")
    }

    @Test func aFileIsOneTextAndNoOther() async throws {
        let world = try await World(.sqlite)
        try await fill(world, august: 3)
        let checkpoint = try await write(world, "2026-08")
        let bytes = [UInt8](CheckpointFile.text(checkpoint).utf8)
        let key = try world.context.secrets.checkpointPublicKeys()[0]
        #expect(try CheckpointFile.verify(Data(bytes), expectedKey: key) == checkpoint)
        let empty = try await write(world, "2026-07")
        #expect(try CheckpointFile.verify(Data(CheckpointFile.text(empty).utf8)) == empty)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1
            #expect(throws: CheckpointFault.self, "byte \(index)") { try CheckpointFile.verify(Data(damaged)) }
        }
        let spaced = String(decoding: bytes, as: UTF8.self).replacing("\"month\":", with: "\"month\": ")
        #expect(throws: CheckpointFault.self) { try CheckpointFile.verify(Data(spaced.utf8)) }
        let twice = "{\"month\":\"2026-08\"," + String(decoding: bytes, as: UTF8.self).dropFirst()
        #expect(throws: CheckpointFault.self) { try CheckpointFile.verify(Data(twice.utf8)) }
        let other = SecretBox(masterKey: SymmetricKey(size: .bits256))
        #expect(throws: CheckpointFault.otherKey(found: key.hexString)) {
            try CheckpointFile.verify(Data(bytes), expectedKey: other.checkpointPublicKeys()[0])
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func noDamageBreaksTheReader(seed: UInt64) async throws {
        let world = try await World(.sqlite)
        try await fill(world, august: 3)
        let bytes = [UInt8](CheckpointFile.text(try await write(world, "2026-08")).utf8)
        let marks = Array("{}[]\",:0-9eE.nulltrue\\u".utf8)
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0...random.next() % 4 {
                let place = Int(random.next() % UInt64(max(damaged.count, 1)))
                let byte =
                    random.next() % 2 == 0
                    ? marks[Int(random.next() % UInt64(marks.count))] : UInt8(random.next() % 256)
                switch random.next() % 4 {
                case 0: damaged.insert(byte, at: place)
                case 1: damaged.removeSubrange(place..<min(damaged.count, place + Int(random.next() % 40)))
                case 2: damaged = Array(damaged.prefix(place)) + damaged.suffix(Int(random.next() % 200))
                default: if place < damaged.count { damaged[place] = byte }
                }
            }
            guard damaged != bytes else { continue }
            #expect(throws: CheckpointFault.self) { try CheckpointFile.verify(Data(damaged)) }
        }
    }

    @Test func earlierMasterKeysAreStillNamed() throws {
        let (first, second) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
        let before = try SecretBox(masterKey: first).checkpointPublicKeys()
        let after = try SecretBox(masterKey: second, previous: [first]).checkpointPublicKeys()
        #expect(before.count == 1 && after.count == 2 && after[1] == before[0] && after[0] != before[0])
        let again = try SecretBox(masterKey: first).checkpointKey().publicKey.rawRepresentation
        #expect([UInt8](again) == before[0])
    }
}
