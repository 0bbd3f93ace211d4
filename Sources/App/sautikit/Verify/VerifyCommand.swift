import ArgumentParser
import Foundation
import Ledger
import Platform
import Primitives

/// Proves a checkpoint of a wallet without a server.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove a signed month of a wallet, offline; exit 1 and name the line when anything was changed.",
        discussion: """
            The file is what GET /v1/wallet/checkpoints/2026-06 answers, saved as it comes. Whether it is this server's
            is known only by its key, from GET /v1/wallet/checkpoints/key and kept elsewhere:

              sautikit verify wallet-2026-06.json --key d75a9801...
            """
    )

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("The server's public key, 64 hexadecimal digits.", valueName: "hex"))
    var key: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let key, [UInt8](hexString: key)?.count != 32 {
            throw ValidationError("--key has 64 hexadecimal digits.")
        }
    }

    func run() throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: file))
        } catch {
            throw CommandFailure("\(file) cannot be read.")
        }
        do throws(CheckpointFault) {
            show(try CheckpointFile.verify(data, expectedKey: key.flatMap { [UInt8](hexString: $0) }))
        } catch {
            show(error)
            throw ExitCode(1)
        }
    }

    private func show(_ checkpoint: LedgerCheckpoint) {
        guard !json else {
            StandardOutput.line(
                ([
                    "ok": true, "month": .string(checkpoint.span.month),
                    "lines": .integer(Int64(checkpoint.lines.count)),
                    "previous_hash": .string(checkpoint.opening.hash.hexString),
                    "closing_hash": .string(checkpoint.closing.hash.hexString),
                    "public_key": .string(checkpoint.publicKey.hexString), "is_key_known": .bool(key != nil),
                ] as JSONValue).text
            )
            return
        }
        let span = checkpoint.span
        StandardOutput.line(
            "\(Paint.green("✓")) \(span.month) of workspace \(span.account.workspaceID): all \(checkpoint.lines.count)"
                + " lines hold, from \(Shillings.text(minor: checkpoint.opening.balanceMinor))"
                + " to \(Shillings.text(minor: checkpoint.closing.balanceMinor))."
        )
        StandardOutput.line("    The month before ended with \(checkpoint.opening.hash.hexString)")
        StandardOutput.line("    This month ends with        \(checkpoint.closing.hash.hexString)")
        if key == nil {
            StandardOutput.line("\(Paint.yellow("•")) Signed with the key \(checkpoint.publicKey.hexString)")
            StandardOutput.line(
                "    Compare it with the server's, or pass that with --key: anybody can sign with a key of their own."
            )
        }
    }

    private func show(_ fault: CheckpointFault) {
        guard !json else {
            StandardOutput.line((["ok": false, "fault": .string(fault.description)] as JSONValue).text)
            return
        }
        StandardOutput.line("\(Paint.red("✗")) \(fault.description)")
    }
}
