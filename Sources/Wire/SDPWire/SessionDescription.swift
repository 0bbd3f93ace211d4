/// A session description (RFC 8866), as much of it as telephony needs; lines of other kinds are dropped.
package struct SessionDescription: Sendable, Equatable {
    /// The `o=` line: user, session id, version, `IN IP4 address`.
    package var origin: String
    /// The session's address (`c=`), when there is one.
    package var address: String?
    /// The session's `a=` lines.
    package var attributes: [SDPAttribute]
    /// The streams.
    package var media: [MediaDescription]

    /// Makes a description.
    package init(origin: String, address: String?, attributes: [SDPAttribute] = [], media: [MediaDescription]) {
        self.origin = origin
        self.address = address
        self.attributes = attributes
        self.media = media
    }

    /// Reads a description. Total: any bytes give a description or an error.
    ///
    /// - Throws: `SDPParseError`.
    package init(parsing bytes: [UInt8]) throws(SDPParseError) {
        guard bytes.count <= 65_536 else { throw .tooLarge }
        self.init(origin: "", address: nil, media: [])
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard lines.first == "v=0" else { throw .malformed("the first line is not v=0") }
        for line in lines.dropFirst() {
            guard line.utf8.count >= 2, line.dropFirst().first == "=", let kind = line.first else {
                throw .malformed("a line is not letter=value")
            }
            try read(kind, String(line.dropFirst(2)))
            guard media.count <= 64 else { throw .tooLarge }
        }
        guard !origin.isEmpty else { throw .malformed("there is no o= line") }
    }

    private mutating func read(_ kind: Character, _ value: String) throws(SDPParseError) {
        switch kind {
        case "o" where media.isEmpty: origin = value
        case "m": media.append(try Self.media(value))
        case "c":
            let words = value.split(separator: " ")
            guard words.count == 3, words[0] == "IN", let address = words[2].split(separator: "/").first else {
                throw .malformed("c=\(value)")
            }
            if media.isEmpty {
                self.address = String(address)
            } else {
                media[media.count - 1].address = String(address)
            }
        case "a":
            let parts = value.split(separator: ":", maxSplits: 1)
            guard let name = parts.first else { throw .malformed("an attribute without a name") }
            let attribute = SDPAttribute(String(name), parts.count == 2 ? String(parts[1]) : nil)
            if media.isEmpty {
                attributes.append(attribute)
            } else {
                media[media.count - 1].attributes.append(attribute)
            }
        default: break
        }
    }

    private static func media(_ value: String) throws(SDPParseError) -> MediaDescription {
        let words = value.split(separator: " ").map(String.init)
        guard words.count >= 4, let port = words[1].split(separator: "/").first.flatMap({ Int($0) }),
            (0...65_535).contains(port)
        else { throw .malformed("m=\(value)") }
        return MediaDescription(media: words[0], port: port, transport: words[2], formats: Array(words[3...]))
    }

    /// The description as it is sent.
    package var bytes: [UInt8] {
        var lines = ["v=0", "o=\(origin)", "s=-"]
        if let address { lines.append("c=\(Self.connection(address))") }
        lines.append("t=0 0")
        lines += attributes.map { "a=\($0.text)" }
        for stream in media {
            lines.append(
                "m=\(stream.media) \(stream.port) \(stream.transport) \(stream.formats.joined(separator: " "))"
            )
            if let address = stream.address { lines.append("c=\(Self.connection(address))") }
            lines += stream.attributes.map { "a=\($0.text)" }
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private static func connection(_ address: String) -> String {
        "IN \(address.contains(":") ? "IP6" : "IP4") \(address)"
    }
}
