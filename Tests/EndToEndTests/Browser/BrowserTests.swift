import Foundation
import TestSupport
import Testing

/// The browser SDK and the web phone in Chromium, with a microphone that plays a tone, through Kamailio and rtpengine to baresip:
/// neither gateway nor telephone were written here. The scripts beside this file say what is done, step by step.
@Suite(.serialized, .timeLimit(.minutes(8))) struct BrowserTests {
    @Test(arguments: ["calls.mjs", "phone.mjs", "readme.mjs"])
    func chromiumCallsThroughAnIndependentGateway(script: String) async throws {
        let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts").path
        let root = URL(filePath: scripts).appending(path: "../../../..").standardizedFileURL.path
        try await Command.run("\(root)/scripts/build-sdk", ["--if-changed"])
        // It starts programs of its own, which end with it.
        let words = ["--test", "--test-reporter=tap", "\(scripts)/\(script)"]
        let run = try RunningProgram("node", words, leadsGroup: true)
        let status = try await run.exitStatus(within: .seconds(420))
        #expect(status == 0, "\(run.output)")
        #expect(run.output.contains("# fail 0"), "\(run.output)")
    }
}
