import Crypto
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// `sautikit verify`, as an accountant runs it: a file, no server.
@Suite(.timeLimit(.minutes(2))) struct VerifyTests {
    private static let key = Curve25519.Signing.PrivateKey()
    private static let hex = [UInt8](key.publicKey.rawRepresentation).hexString

    private func file() throws -> String {
        let clock = ManualWallClock()
        let ids = SystemIdentifierSource(clock: clock)
        let account = AccountReference(workspaceID: ids.next(), kind: .wallet, currency: .kes)
        let postings = (1...3).map { number in
            AccountPosting(
                entryID: ids.next(),
                kind: .topup,
                amountMinor: 100,
                balanceAfterMinor: Int64(number) * 100,
                description: "number \(number)",
                referenceID: nil
            )
        }
        let span = CheckpointSpan(
            account: account,
            month: "2026-06",
            from: clock.now(),
            to: clock.now() + .seconds(60)
        )
        let start = CheckpointState.start(of: account)
        return CheckpointFile.text(try LedgerCheckpoint(span, opening: start, postings: postings, key: Self.key))
    }

    private func verify(_ text: String, _ more: String...) async throws -> (status: Int, output: String) {
        let folder = try TemporaryFolder("verify")
        let path = folder.path("wallet.json")
        try Data(text.utf8).write(to: URL(filePath: path))
        let program = try RunningProgram(TestServer.binary, ["verify", path] + more)
        return (Int(try await program.exitStatus()), program.output)
    }

    @Test func aFileThatHoldsIsSaidToHold() async throws {
        let text = try file()
        let known = try await verify(text, "--key", Self.hex)
        #expect(known.status == 0 && known.output.contains("all 3 lines hold, from KES 0.00 to KES 3.00"))
        #expect(!known.output.contains("Compare"))
        let unknown = try await verify(text)
        #expect(unknown.status == 0 && unknown.output.contains(Self.hex) && unknown.output.contains("Compare"))
        let told = try JSONValue(parsing: Data(try await verify(text, "--json").output.utf8))
        #expect(told["ok"] == true && told["lines"] == 3 && told["is_key_known"] == false)
    }

    @Test func whatWasChangedIsNamed() async throws {
        let text = try file()
        let changed = try await verify(text.replacing("number 2", with: "number 9"))
        #expect(changed.status == 1 && changed.output.contains("line 2 (txn_"), "\(changed.output)")
        let other = String(repeating: "0", count: 64)
        let strange = try await verify(text, "--key", other, "--json")
        let told = try JSONValue(parsing: Data(strange.output.utf8))
        #expect(strange.status == 1 && told["ok"] == false)
        #expect(told["fault"]?.stringValue?.contains(Self.hex) == true)
        let noFile = try await verify("not a checkpoint")
        #expect(noFile.status == 1 && noFile.output.contains("not a checkpoint"))
        let wrongKey = try await verify(text, "--key", "abc")
        #expect(wrongKey.status == 64 && wrongKey.output.contains("64 hexadecimal digits"))
        let missing = try RunningProgram(TestServer.binary, ["verify", "/nowhere/wallet.json"])
        #expect(try await missing.exitStatus() == 1)
        #expect(missing.output.contains("cannot be read"))
    }
}
