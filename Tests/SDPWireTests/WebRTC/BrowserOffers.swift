import SDPWire

/// Offers as browsers make them.
enum BrowserOffers {
    static let hash = Array(repeating: "AB", count: 31).joined(separator: ":") + ":01"

    /// Chromium's, with every codec it has.
    static let chromium = lines([
        "v=0", "o=- 4611732182348126512 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0",
        "a=extmap-allow-mixed", "a=msid-semantic: WMS 5e1d", "m=audio 51002 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
        "c=IN IP4 192.0.2.44", "a=rtcp:9 IN IP4 0.0.0.0",
        "a=candidate:842163049 1 udp 2122260223 192.0.2.44 51002 typ host generation 0 network-id 1 network-cost 50",
        "a=candidate:1677722 1 udp 1686052607 203.0.113.9 40001 typ srflx raddr 192.0.2.44 rport 51002 generation 0",
        "a=candidate:1332251714 1 tcp 1518280447 192.0.2.44 9 typ host tcptype active generation 0",
        "a=ice-ufrag:kT4q", "a=ice-pwd:3Zr0nQv8yLs5dWb1XeUtGh2A", "a=ice-options:trickle",
        "a=fingerprint:sha-256 \(hash)", "a=setup:actpass", "a=mid:0",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", "a=sendrecv",
        "a=msid:5e1d 77aa", "a=rtcp-mux", "a=rtcp-rsize", "a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc",
        "a=fmtp:111 minptime=10;useinbandfec=1", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111",
        "a=rtpmap:9 G722/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:13 CN/8000",
        "a=rtpmap:110 telephone-event/48000", "a=rtpmap:126 telephone-event/8000",
        "a=ssrc:2100925123 cname:m3wQ", "a=ssrc:2100925123 msid:5e1d 77aa",
    ])

    /// Firefox's: its certificate is the session's, and its address is hidden behind a name.
    static let firefox = lines([
        "v=0", "o=mozilla...THIS_IS_SDPARTA-128.0 6823140078265213478 0 IN IP4 0.0.0.0", "s=-", "t=0 0",
        "a=sendrecv", "a=fingerprint:sha-256 \(hash)", "a=group:BUNDLE 0", "a=ice-options:trickle",
        "a=msid-semantic:WMS *", "m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101", "c=IN IP4 0.0.0.0",
        "a=candidate:0 1 UDP 2122252543 0f1c3a52-9b1e-4f0a-8f6e-0c4d2a6b7e11.local 47713 typ host",
        "a=candidate:2 1 TCP 2105524479 0f1c3a52-9b1e-4f0a-8f6e-0c4d2a6b7e11.local 9 typ host tcptype active",
        "a=sendrecv", "a=end-of-candidates", "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1", "a=fmtp:101 0-15",
        "a=ice-pwd:c0ffee00112233445566778899aabbcc", "a=ice-ufrag:9f3b62d1", "a=mid:0", "a=msid:{a} {b}",
        "a=rtcp-mux", "a=rtpmap:109 opus/48000/2", "a=rtpmap:9 G722/8000/1", "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000/1", "a=setup:actpass",
        "a=ssrc:1234567 cname:{c}",
    ])

    /// One of Chromium's with a line changed, or left out when that is nil.
    static func chromium(_ start: String, _ line: String?) throws -> SessionDescription {
        let changed = chromium.split(separator: "\r\n").compactMap { $0.hasPrefix(start) ? line : String($0) }
        return try read(lines(changed))
    }

    static func read(_ text: String) throws -> SessionDescription { try SessionDescription(parsing: Array(text.utf8)) }

    private static func lines(_ lines: [String]) -> String { lines.joined(separator: "\r\n") + "\r\n" }
}
