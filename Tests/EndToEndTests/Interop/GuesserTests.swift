import Foundation
import Platform
import TestSupport
import Testing

/// sipvicious, which finds telephones and guesses their passwords, against a server that has something else to do.
@Suite(.timeLimit(.minutes(3))) struct GuesserTests {
    private static let banSeconds = 5

    @Test func guessingIsLimitedBannedForATimeAndHarmsNobody() async throws {
        let settings = [
            "SAUTIKIT_SIP_BAN_SECONDS": "\(Self.banSeconds)", "SAUTIKIT_SIP_REQUESTS_PER_SECOND": "20",
            // sipvicious knows no other.
            "SAUTIKIT_SIP_DIGEST_ALGORITHMS": "MD5",
        ]
        let customer = try await Customer(try await TestServer(settings: settings))
        // The carrier has another address than the guesser, who sends from 127.0.0.1.
        let (files, port) = (try TemporaryFolder("sipp"), FreePort.any())
        let carrier = try Peers.sipp("answers", host: "127.0.0.3", port: port, "-rtp_echo", files: files)
        try await customer.addTrunk(host: "127.0.0.3", port: port)
        let tone: JSONMember = JSONMember("actions", [["play": ["url": "tone:440,60000"]]])
        let call = try await customer.call("+254712345678", [tone])
        _ = try await customer.wait(call, for: ["answered"])
        let (username, password) = try await customer.credential()

        // Whoever does not exist is challenged like whoever does.
        let names = files.path("names")
        try "\(username)\n100\nalice\n".write(toFile: names, atomically: true, encoding: .utf8)
        let found = try await Self.run("svwar", ["-m", "REGISTER", "-d", names], files, customer)
        #expect(found.contains("authentication request for an unknown extension"), "\(found)")
        // It goes on when it is forced to, with a question that anybody may ask.
        _ = try await Self.run("svwar", ["-m", "OPTIONS", "--force", "-e", "100-400"], files, customer)
        try await Self.metric(#"sautikit_sip_messages{kind="throttled"}"#, of: customer) { $0 > 0 }

        // The password is among the guesses, and late.
        let guesses = (1...100).map { "guess\($0)" } + [password]
        let cracked = try await Self.crack(username, guesses, files, customer)
        #expect(!cracked.contains(password), "\(cracked)")
        try await Self.metric("sautikit_sip_bans", of: customer) { $0 == 1 }
        try await Self.metric(#"sautikit_sip_messages{kind="banned"}"#, of: customer) { $0 > 0 }
        let wrong = try await customer.metric("sautikit_sip_wrong_passwords")
        #expect(wrong >= 10 && wrong < 30, "\(wrong) were looked at")

        // The ban ends: somebody at that address who knows the password comes in.
        try await Waiting.until(within: .seconds(30)) {
            let words = try await Self.crack(username, [password], files, customer)
            return words.contains(password) ? true : nil
        }

        #expect(try await customer.read(call)["status"] == "answered")
        try await customer.hangUp(call)
        let ended = try await customer.end(call)
        #expect(ended["status"] == "completed", "\(ended.text)")
        let quality = try #require(PeerTests.payload("media.quality", of: ended))
        #expect(quality["packets_lost"] == 0, "\(quality.text)")
        #expect(try await carrier.exitStatus() == 0, "\(carrier.output)")
    }

    /// Lets svcrack try passwords, one after the other.
    private static func crack(
        _ username: String,
        _ passwords: [String],
        _ files: TemporaryFolder,
        _ customer: Customer
    ) async throws -> String {
        let list = files.path("passwords")
        try passwords.joined(separator: "\n").write(toFile: list, atomically: true, encoding: .utf8)
        return try await run("svcrack", ["-u\(username)", "-d", list], files, customer)
    }

    private static func run(
        _ tool: String,
        _ arguments: [String],
        _ files: TemporaryFolder,
        _ customer: Customer
    ) async throws -> String {
        let common = ["-P", "\(FreePort.any())", "-x", "127.0.0.1", "--maximumtime=2"]
        let program = try RunningProgram(
            tool,
            common + arguments + ["udp://127.0.0.1:\(customer.server.sipPort)"],
            // They keep their sessions there.
            environment: ["HOME": files.url.path],
            in: files.url.path
        )
        _ = try await program.exitStatus(within: .seconds(40))
        return program.output
    }

    /// Waits until a figure of `/metrics` is as expected.
    private static func metric(
        _ name: String,
        of customer: Customer,
        _ isRight: @escaping @Sendable (Double) -> Bool
    ) async throws {
        do {
            try await Waiting.until(within: .seconds(20)) { isRight(try await customer.metric(name)) ? true : nil }
        } catch is WaitingTimeout {
            Issue.record("\(name) is \(try await customer.metric(name))")
        }
    }
}
