import Foundation
import MediaEngine
import SDPWire
import TestSupport
import Testing

@testable import WebRTCGateway

/// A WebRTC peer that we did not write, run by a script of `Peers`: it sends one tone and says which it hears.
final class WebPeer: Sendable {
    private let program: RunningProgram
    private let folder: TemporaryFolder

    private init(_ script: String, _ arguments: [String]) throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        let tests = file.deletingLastPathComponent().deletingLastPathComponent()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        folder = try TemporaryFolder("peer")
        program = try RunningProgram(
            root.appending(path: ".build/test-tools/bin/python").path,
            [tests.appending(path: "Peers/\(script)").path] + arguments + [folder.path("profile")],
            takesInput: true,
            leadsGroup: true
        )
    }

    /// A full agent of ICE in Python.
    ///
    /// - Parameter codecs: all that it has: `laws` of G.711, or `opus`.
    static func aiortc(_ role: String, hertz: Int, codecs: String = "laws") throws -> WebPeer {
        try WebPeer("aiortc_peer.py", [role, "\(hertz)", codecs])
    }

    /// A browser.
    ///
    /// - Parameter keys: pressed once there is sound of ours.
    static func chromium(_ role: String, hertz: Int, keys: String = "") throws -> WebPeer {
        try WebPeer("chromium_peer.py", [role, "\(hertz)", keys])
    }

    /// What it has said.
    var lines: [[String: Any]] {
        program.output.split(separator: "\n").compactMap { line in
            try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }
    }

    /// Its offer or answer.
    func description() async throws -> SessionDescription {
        let text = try await Waiting.until { [self] () -> String? in
            if let status = program.endStatus() {
                throw CommandError(command: "a WebRTC peer", status: status, output: program.output)
            }
            return lines.lazy.compactMap { $0["sdp"] as? String }.first
        }
        return try SessionDescription(parsing: Array(text.utf8))
    }

    /// Gives it our offer or answer.
    func tell(_ description: SessionDescription) throws {
        let text = String(decoding: description.bytes, as: UTF8.self)
        let line = try JSONSerialization.data(withJSONObject: ["sdp": text])
        try program.write(String(decoding: line, as: UTF8.self) + "\n")
    }

    /// Waits until it hears a tone of ours, and we its; then ends the call by DTLS.
    ///
    /// - Parameter hertz: of its tone.
    func hearsAndIsHeard(by lab: BrowserLab, hertz: Double) async throws {
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await lab.hears(hertz)
        try await hears(500)
        try await end(lab)
    }

    /// Waits until it hears a tone above all else.
    func hears(_ hertz: Double) async throws {
        try await Waiting.until { [self] in
            lines.contains { line in
                guard let heard = line["hertz"] as? Double, let share = line["share"] as? Double else { return false }
                return abs(heard - hertz) <= 10 && share > 0.5
            } ? true : nil
        }
    }

    /// Ends the call by DTLS, in which nothing was wrong.
    func end(_ lab: BrowserLab) async throws {
        #expect(await lab.counted { $0.unauthentic + $0.replayed + $0.malformed } == 0)
        #expect(await lab.transport.counters(on: lab.leg).unauthentic == 0)
        lab.transport.close()
        try await Waiting.until { [self] in
            lines.contains { $0["state"] as? String == "closed" } ? true : nil
        }
    }
}
