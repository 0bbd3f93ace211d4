import Foundation
import MediaEngine
import Platform
import TestSupport
import Testing

/// The server against carriers and phones that nobody here wrote.
@Suite(.timeLimit(.minutes(3))) struct PeerTests {
    static let tone: JSONMember = JSONMember("actions", [["play": ["url": "tone:440,2500"]], ["hangup": [:]]])

    @Test(arguments: ["udp", "tcp"])
    func sippAsksForADigestAndGetsIt(transport: String) async throws {
        let customer = try await Customer(try await TestServer())
        let (files, port) = (try TemporaryFolder("sipp"), FreePort.any())
        let carrier = try Peers.sipp(
            "digest",
            port: port,
            "-rtp_echo",
            "-t",
            transport == "tcp" ? "t1" : "u1",
            files: files
        )
        try await customer.addTrunk(port: port, transport: transport, "--username", "acme", "--password", "s3cret")
        let call = try await customer.end(
            try await customer.call("+254712345678", [Self.tone, JSONMember("record", true)])
        )
        #expect(call["status"] == "completed" && call["hangup_cause"] == "normal_clearing", "\(call.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
        guard case .string(let id)? = call["id"] else { return }
        #expect(Goertzel.share(of: 440, in: try await customer.recording(id)) > 0.5)
        let quality = try #require(Self.payload("media.quality", of: call))
        guard case .integer(let received)? = quality["packets_received"] else {
            Issue.record("\(quality.text)")
            return
        }
        #expect(received > 80 && quality["packets_lost"] == 0)
        #expect(customer.sink.kinds.contains("call.completed"))
    }

    @Test func lostPacketsAreSentAgain() async throws {
        let customer = try await Customer(try await TestServer())
        let (files, port) = (try TemporaryFolder("sipp"), FreePort.any())
        let carrier = try Peers.sipp("answers", port: port, "-lost", "25", files: files)
        try await customer.addTrunk(port: port)
        let call = try await customer.end(try await customer.call("+254712345678", [Self.tone]))
        #expect(call["status"] == "completed", "\(call.text)\n\(carrier.output)")
    }

    @Test func aSilentTrunkFailsOverAndAVanishedOneEndsTheCall() async throws {
        let customer = try await Customer(try await TestServer())
        let (files, port) = (try TemporaryFolder("sipp"), FreePort.any())
        let carrier = try Peers.sipp("answers", port: port, "-rtp_echo", files: files)
        // Nobody listens at the first trunk, over TCP: it is at fault at once, and the second is tried.
        let gone = FreePort.any()
        let first = try await customer.server.run(admin: [
            "trunk", "add", "--name", "gone", "--address", "127.0.0.1:\(gone)", "--transport", "tcp", "--prefix",
            "+254", "--priority", "1",
        ])
        #expect(first.status == 0, "\(first.output)")
        try await customer.addTrunk(port: port)
        let call = try await customer.end(try await customer.call("+254712345678", [Self.tone]))
        #expect(call["status"] == "completed", "\(call.text)")
        #expect(SandboxTests.kinds(call).filter { $0 == "sip.invite" }.count == 2)
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
    }

    @Test func baresipHearsUsAndWeHearBaresip() async throws {
        let customer = try await Customer(try await TestServer())
        let (files, port) = (try TemporaryFolder("baresip"), FreePort.any())
        try Peers.writeTone(hertz: 1000, files: files)
        let phone = try Peers.baresip(port: port, files: files)
        do {
            try await Waiting.until { phone.output.contains("baresip is ready") ? true : nil }
        } catch {
            Issue.record("baresip does not get ready: \(phone.output)")
            return
        }
        try await customer.addTrunk(port: port)
        let call = try await customer.end(
            try await customer.call("+254712345678", [Self.tone, JSONMember("record", true)])
        )
        #expect(call["status"] == "completed", "\(call.text)\n\(phone.output)")
        guard case .string(let id)? = call["id"] else { return }
        let ours = try await customer.recording(id)
        #expect(Goertzel.share(of: 440, in: ours) > 0.15 && Goertzel.share(of: 1000, in: ours) > 0.15)
        let theirs = try await Waiting.until {
            let heard = try FileManager.default.contentsOfDirectory(atPath: files.path("heard"))
            return heard.first { $0.hasSuffix("dec.wav") }.map { files.url.appending(path: "heard/\($0)") }
        }
        let samples = try WaveFile.samples(parsing: [UInt8](Data(contentsOf: theirs)))
        #expect(Goertzel.share(of: 440, in: samples) > 0.5)
    }

    static func payload(_ kind: String, of call: JSONValue) -> JSONValue? {
        guard case .array(let events)? = call["events"] else { return nil }
        return events.first { $0["kind"] == .string(kind) }?["payload"]
    }
}
