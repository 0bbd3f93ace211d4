/// An `m=` line and what belongs to it (RFC 8866 section 5.14).
package struct MediaDescription: Sendable, Equatable {
    /// `audio`, `video`, …
    package var media: String
    /// The RTP port; 0 refuses the stream.
    package var port: Int
    /// `RTP/AVP`, …
    package var transport: String
    /// Payload types or other formats, by preference.
    package var formats: [String]
    /// The address of a `c=` line of this stream.
    package var address: String?
    /// The `a=` lines.
    package var attributes: [SDPAttribute]

    /// Makes a stream.
    package init(
        media: String,
        port: Int,
        transport: String,
        formats: [String],
        address: String? = nil,
        attributes: [SDPAttribute] = []
    ) {
        self.media = media
        self.port = port
        self.transport = transport
        self.formats = formats
        self.address = address
        self.attributes = attributes
    }

    /// The direction named by this stream; nil when it names none.
    package var direction: Direction? {
        attributes.lazy.compactMap { Direction(rawValue: $0.name) }.first
    }

    /// The encoding of a payload type: of its `rtpmap`, or the static one of RFC 3551; upper-case name and clock rate.
    package func encoding(of payloadType: Int) -> (name: String, clockRate: Int)? {
        for attribute in attributes where attribute.name == "rtpmap" {
            let words = (attribute.value ?? "").split(separator: " ")
            guard words.count == 2, Int(words[0]) == payloadType else { continue }
            let parts = words[1].split(separator: "/")
            guard parts.count >= 2, let rate = Int(parts[1]) else { return nil }
            return (parts[0].uppercased(), rate)
        }
        switch payloadType {
        case 0: return ("PCMU", 8000)
        case 8: return ("PCMA", 8000)
        case 13: return ("CN", 8000)
        default: return nil
        }
    }

    /// The payload type of comfort noise between packets of G.711 (RFC 3389).
    var comfortNoise: Int? {
        formats.lazy.compactMap { Int($0) }.first { type in
            guard (0...127).contains(type), let encoding = encoding(of: type) else { return false }
            return encoding.name == "CN" && encoding.clockRate == 8000
        }
    }

    /// Whether it is there, and its packets are encrypted.
    package var isSecured: Bool { port > 0 && RTPProfile(rawValue: transport) == .savp }

    /// The most `a=crypto` lines that are looked at.
    static let mostCryptoLines = 16

    /// The ways to secure this stream that we could use, by preference. Those of a session are none (RFC 4568 section 4).
    var crypto: [CryptoAttribute] {
        attributes.lazy.filter { $0.name == SDPAttribute.crypto }.prefix(Self.mostCryptoLines)
            .compactMap { try? CryptoAttribute(parsing: $0.value ?? "") }
    }

    /// The packet time that the describer wants to receive, in milliseconds.
    package var packetTimeMilliseconds: Int? {
        attributes.first { $0.name == "ptime" }?.value.flatMap { Int($0) }
    }
}
