import Foundation
import MediaEngine
import SDPWire
import TestSupport
import Testing

@testable import WebRTCGateway

/// Calls with aiortc, a full agent of ICE that we did not write: a tone each way.
@Suite(.serialized, .timeLimit(.minutes(3))) struct AiortcTests {
    @Test(arguments: [DTLSSetup.passive, .active])
    func itCalls(setup: DTLSSetup) async throws {
        let lab = try BrowserLab()
        let peer = try Self.start("offer", hertz: 700)
        let offer = try await Self.description(peer)
        let (answer, audio) = try WebOfferAnswer.answer(offer, lab.endpoint(setup: setup))
        try Self.tell(peer, answer)
        try await lab.connect(audio)
        try await Self.hearEachOther(lab, peer, theirs: 700)
    }

    /// Reports share the socket, too, and are protected.
    @Test func itReports() async throws {
        let lab = try BrowserLab()
        let peer = try Self.start("offer", hertz: 700)
        let (answer, audio) = try WebOfferAnswer.answer(try await Self.description(peer), lab.endpoint())
        try Self.tell(peer, answer)
        try await lab.connect(audio)
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await Waiting.until { await lab.leg.statistics().remoteLossPercent }
        #expect(await lab.leg.statistics().dropped == 0)
    }

    @Test func itIsCalled() async throws {
        let lab = try BrowserLab()
        let peer = try Self.start("answer", hertz: 900)
        let endpoint = lab.endpoint()
        try Self.tell(peer, WebOfferAnswer.offer(endpoint))
        let audio = try WebOfferAnswer.read(answer: try await Self.description(peer), to: endpoint)
        try await lab.connect(audio)
        try await Self.hearEachOther(lab, peer, theirs: 900)
    }

    // MARK: The peer

    private static func hearEachOther(_ lab: BrowserLab, _ peer: RunningProgram, theirs: Double) async throws {
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await lab.hears(theirs)
        try await Waiting.until(within: .seconds(30)) {
            lines(peer).contains { line in
                guard let hertz = line["hertz"] as? Double, let share = line["share"] as? Double else { return false }
                return abs(hertz - 500) <= 5 && share > 0.5
            } ? true : nil
        }
        let quality = await lab.leg.statistics()
        #expect(quality.unauthentic == 0 && quality.replayed == 0 && quality.malformed == 0, "\(quality)")
        #expect(await lab.transport.counters(on: lab.leg).unauthentic == 0)
        // The end is told by DTLS before the socket goes.
        lab.transport.close()
        try await Waiting.until { lines(peer).contains { $0["state"] as? String == "closed" } ? true : nil }
    }

    private static func start(_ role: String, hertz: Int) throws -> RunningProgram {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        let tests = file.deletingLastPathComponent().deletingLastPathComponent()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        return try RunningProgram(
            root.appending(path: ".build/test-tools/bin/python").path,
            [tests.appending(path: "Peers/aiortc_peer.py").path, role, "\(hertz)"],
            takesInput: true
        )
    }

    private static func lines(_ peer: RunningProgram) -> [[String: Any]] {
        peer.output.split(separator: "\n").compactMap { line in
            try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }
    }

    private static func description(_ peer: RunningProgram) async throws -> SessionDescription {
        let text = try await Waiting.until { () -> String? in
            if let status = peer.endStatus() {
                throw CommandError(command: "aiortc", status: status, output: peer.output)
            }
            return lines(peer).lazy.compactMap { $0["sdp"] as? String }.first
        }
        return try SessionDescription(parsing: Array(text.utf8))
    }

    private static func tell(_ peer: RunningProgram, _ description: SessionDescription) throws {
        let text = String(decoding: description.bytes, as: UTF8.self)
        let line = try JSONSerialization.data(withJSONObject: ["sdp": text])
        try peer.write(String(decoding: line, as: UTF8.self) + "\n")
    }
}
