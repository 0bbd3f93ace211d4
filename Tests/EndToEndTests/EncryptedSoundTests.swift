import Foundation
import Platform
import TestSupport
import Testing

/// A telephone that nobody here wrote and that takes encrypted sound alone: what it says comes back from a phone that sends back
/// what it hears, so both ways were encrypted and read.
@Suite(.timeLimit(.minutes(3))) struct EncryptedSoundTests {
    private static let echo = "+254700000002"

    /// Hangs up when the telephone has been heard for long enough, and says what it has heard itself.
    private static func talk(_ id: String, _ place: TelephonePlace, _ files: TemporaryFolder) async throws -> [Int16] {
        let answered = try await place.customer.wait(id, for: ["answered", "completed"])
        #expect(answered["status"] == "answered")
        let begun = ContinuousClock.now
        try await Waiting.until { ContinuousClock.now - begun > .seconds(3) ? true : nil }
        let hangup = try await place.customer.server.ask("POST", "/v1/calls/\(id)/hangup", key: place.customer.key)
        #expect(hangup.status == 200, "\(hangup.json.text)")
        return try await Peers.heard(files)
    }

    private static func check(_ call: JSONValue, _ phone: RunningProgram) {
        #expect(call["status"] == "completed", "\(call.text)\n\(phone.output)")
        #expect(!call.text.contains("inline:"))
        guard case .integer(let received)? = PeerTests.payload("media.quality", of: call)?["packets_received"] else {
            Issue.record("\(call.text)")
            return
        }
        #expect(received > 75, "\(call.text)\n\(phone.output)")
    }

    @Test func theTelephoneCalls() async throws {
        let (place, files) = (try await TelephonePlace(), try TemporaryFolder("baresip"))
        let phone = try place.telephone(
            "tls",
            "/dial sip:\(Self.echo)@127.0.0.1:\(place.tlsPort);transport=tls",
            isEncrypted: true,
            files: files
        )
        let call = try await place.call { $0["direction"] == "outbound" && $0["parent_call_id"]?.stringValue == nil }
        let id = try #require(call["id"]?.stringValue, "\(phone.output)")
        let heard = try await Self.talk(id, place, files)
        #expect(Goertzel.share(of: 1000, in: heard) > 0.5, "\(phone.output)")
        Self.check(try await place.customer.end(id), phone)
        #expect(phone.output.contains("SRTP is Enabled"), "\(phone.output)")
    }

    @Test func theTelephoneIsCalled() async throws {
        let (place, files) = (try await TelephonePlace(), try TemporaryFolder("baresip"))
        let phone = try place.telephone("tls", isEncrypted: true, files: files)
        try await TelephonePlace.registered(phone)
        let actions: JSONValue = [["dial": ["device": .string(place.username)]], ["hangup": [:]]]
        let id = try await place.customer.call(
            Self.echo,
            [JSONMember("actions", actions), JSONMember("record", true)]
        )
        let leg = try await place.call { $0["parent_call_id"]?.stringValue == id }
        let legID = try #require(leg["id"]?.stringValue, "\(phone.output)")
        let heard = try await Self.talk(legID, place, files)
        #expect(Goertzel.share(of: 1000, in: heard) > 0.5, "\(phone.output)")
        Self.check(try await place.customer.end(legID), phone)
        _ = try await place.customer.end(id)
        // What the other side got of the telephone, and sent back.
        #expect(Goertzel.share(of: 1000, in: try await place.customer.recording(id)) > 0.5)
        #expect(phone.output.contains("SRTP is Enabled"), "\(phone.output)")
    }
}
