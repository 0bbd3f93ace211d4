import Foundation
import ObjectStorage
import TestSupport

/// A store that speaks S3 and that we did not write: moto's, which checks every signature as AWS's own library makes it.
struct StorePeer: Sendable {
    static let bucket = "recordings-of-tests"

    let settings: S3Settings
    private let program: RunningProgram

    init() async throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let tools = root.deletingLastPathComponent().deletingLastPathComponent()
        let port = FreePort.any()
        let program = try RunningProgram(
            tools.appending(path: ".build/test-tools/bin/python").path,
            [root.appending(path: "Peers/store.py").path, "\(port)", Self.bucket]
        )
        self.program = program
        let keys = try await Waiting.until(within: .seconds(120)) {
            if let status = program.endStatus() {
                throw CommandError(command: "store.py", status: status, output: program.output)
            }
            return Self.keys(in: program.output)
        }
        settings = S3Settings(
            endpoint: "http://127.0.0.1:\(port)",
            region: "us-east-1",
            bucket: Self.bucket,
            prefix: "of/tests",
            isVirtualHosted: false,
            accessKeyID: keys.id,
            secretAccessKey: keys.secret
        )
    }

    /// The line with the key, once it is whole.
    private static func keys(in output: String) -> (id: String, secret: String)? {
        for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ")
            if words.count == 2, words[0].hasPrefix("AKIA") { return (String(words[0]), String(words[1])) }
        }
        return nil
    }
}
