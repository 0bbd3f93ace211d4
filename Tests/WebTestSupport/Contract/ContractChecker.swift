import Foundation
import Glibc
import Platform
import SautikitAPI
import Synchronization
import TestSupport
import WebSupport

/// Checks answers against `openapi.yaml` as it is served, by a validator that was not written here: one child process for all
/// tests, which ends with them.
package final class ContractChecker: Sendable {
    /// The checker cannot be asked.
    package struct Missing: Error, CustomStringConvertible {
        /// Why, and what to do.
        package let description: String
    }

    private struct Child {
        let process: Process
        let input: FileHandle
        let output: FileHandle
        var unread: [UInt8] = []
    }

    /// Known to the end of this process, which ends the child.
    private static let pid = Mutex<pid_t>(0)

    /// The one of this process.
    package static let shared = Result { try ContractChecker() }

    private let child: Mutex<Child>

    private init() throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appending(path: ".build/test-tools/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Missing(description: "\(python.path) is not there: run 'make setup-test'")
        }
        let folder = try TemporaryFolder("contract")
        let document = folder.path("openapi.json")
        guard
            FileManager.default.createFile(
                atPath: document,
                contents: Data(try SautikitDocument.make().json.bytes)
            )
        else { throw Missing(description: "\(document) cannot be written") }
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = python
        process.arguments = [here.appending(path: "check-answers.py").path, document]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let child = Child(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
        self.child = Mutex(child)
        Self.pid.withLock { $0 = process.processIdentifier }
        atexit { _ = ContractChecker.pid.withLock { kill($0, SIGTERM) } }
        // The folder may go when the child has read its file.
        _ = fault(["method": "GET", "path": "/", "status": 404, "type": "", "body": ""])
        withExtendedLifetime(folder) {}
    }

    /// What is wrong with an answer; empty when nothing is.
    ///
    /// - Parameters:
    ///   - type: its `Content-Type`.
    ///   - body: empty unless it is JSON.
    package func fault(method: String, path: String, status: Int, type: String?, body: String) -> String {
        fault([
            "method": .string(method), "path": .string(path), "status": .integer(Int64(status)),
            "type": JSONValue(type), "body": .string(body),
        ])
    }

    private func fault(_ answer: JSONValue) -> String {
        child.withLock { child in
            do {
                try child.input.write(contentsOf: Data((answer.text + "\n").utf8))
                return try JSONValue(parsing: Data(Self.line(&child))).stringValue ?? "no answer"
            } catch {
                return "the checker is gone: \(error)"
            }
        }
    }

    private static func line(_ child: inout Child) throws -> [UInt8] {
        while true {
            if let end = child.unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { child.unread.removeSubrange(...end) }
                return Array(child.unread[..<end])
            }
            // What is there now; `read(upToCount:)` would wait for all of it.
            let more = child.output.availableData
            guard !more.isEmpty else {
                throw Missing(description: "it ended with \(child.process.isRunning ? "no word" : "an error")")
            }
            child.unread += more
        }
    }
}
