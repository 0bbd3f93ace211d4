import Logging
import MediaEngine
import SDPWire
import Testing

@testable import Voice

/// What later offers of a peer mean for a call's media.
@Suite struct CallMediaTests {
    /// RFC 3264 section 8.4: who puts somebody on hold still sends (music, say), or nothing either way.
    @Test(arguments: [("sendonly", true), ("inactive", true), ("recvonly", false), ("sendrecv", false)])
    func aPeerThatTakesNothingHasPutUsOnHold(direction: String, isOnHold: Bool) async throws {
        let engine = try MediaEngine(configuration: MediaConfiguration(), logger: Logger(label: "test"))
        defer { engine.shutDown() }
        var media = CallMedia(try engine.openLeg(), host: "127.0.0.1", sessionID: 1)
        let lines = [
            "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 40000 RTP/AVP 8",
            "a=\(direction)", "",
        ]
        let (_, audio) = try #require(media.offers.answer(Array(lines.joined(separator: "\r\n").utf8)))
        media.follow(audio)
        #expect(media.isOnHold == isOnHold)
        _ = await media.leg.close()
    }
}
