import Primitives
import SIPWire

/// A message built from a seed, and one of the many ways to spell it that RFC 3261 section 7.3 allows.
struct SpelledMessage {
    let message: SIPMessage
    private(set) var spelling: [UInt8] = []

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        message = Self.message(&random)
        spelling = Self.spell(message, &random)
    }

    // MARK: What is said

    private static func message(_ random: inout SplitMix64) -> SIPMessage {
        let method = pick(
            [SIPMethod.invite, .bye, .options, .register, .update, SIPMethod(rawValue: "X-PING")],
            &random
        )
        let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            UInt8.random(in: .min ... .max, using: &random)
        }
        let headers = headers(method, &random)
        if Bool.random(using: &random) {
            return .request(SIPRequest(method: method, uri: uri(&random), headers: headers, body: body))
        }
        let reason = pick(["OK", "Busy Here", "", "Imeshindwa – namba haipo"], &random)
        let status = Int.random(in: 100...699, using: &random)
        return .response(SIPResponse(status: status, reason: reason, headers: headers, body: body))
    }

    private static func headers(_ method: SIPMethod, _ random: inout SplitMix64) -> SIPHeaders {
        var headers = SIPHeaders()
        for _ in 0...Int.random(in: 0...2, using: &random) { headers.add(.via, via(&random).text) }
        var from = address(&random)
        from.tag = word(&random)
        headers.add(.from, from.text)
        headers.add(.to, address(&random).text)
        headers.add(.callID, word(&random) + "@" + word(&random))
        headers.add(.cseq, CSeq(UInt32.random(in: 0...0x7FFF_FFFF, using: &random), method).text)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            switch Int.random(in: 0...4, using: &random) {
            case 0: headers.add(.contact, address(&random).text)
            case 1: headers.add(.route, address(&random).text)
            case 2: headers.add(.supported, "timer, 100rel")
            case 3: headers.add(.subject, #"a "quoted, ; text" and <more>"#)
            default: headers.add(SIPHeaderName("X-" + word(&random)), word(&random))
            }
        }
        return headers
    }

    private static func via(_ random: inout SplitMix64) -> Via {
        var via = Via(
            transport: pick(["UDP", "TCP", "TLS"], &random),
            host: host(&random),
            port: Bool.random(using: &random) ? Int.random(in: 1...65_535, using: &random) : nil,
            parameters: SIPParameters([("branch", "z9hG4bK" + word(&random))])
        )
        if Bool.random(using: &random) { via.parameters.set("rport", nil) }
        return via
    }

    private static func address(_ random: inout SplitMix64) -> NameAddress {
        let names = [nil, "Wanjiru", #"O "Quote" \ Slash"#, "Mtaa, wa pili; <x>"]
        var address = NameAddress(displayName: pick(names, &random), uri: uri(&random))
        if Bool.random(using: &random) { address.parameters.set("tag", word(&random)) }
        return address
    }

    private static func uri(_ random: inout SplitMix64) -> SIPURI {
        var uri = SIPURI(
            user: pick([nil, "+254712345678", "a.b-c", "x%20y"], &random),
            host: host(&random),
            port: Bool.random(using: &random) ? Int.random(in: 1...65_535, using: &random) : nil
        )
        if Bool.random(using: &random) { uri.parameters.set("transport", "tcp") }
        if Bool.random(using: &random) { uri.parameters.set("lr", nil) }
        return uri
    }

    private static func host(_ random: inout SplitMix64) -> String {
        pick(["10.0.0.1", "carrier.example", "[2001:db8::1]", "a"], &random)
    }

    private static func pick<T>(_ items: [T], _ random: inout SplitMix64) -> T {
        items[Int.random(in: items.indices, using: &random)]
    }

    private static func word(_ random: inout SplitMix64) -> String {
        String(UInt32.random(in: .min ... .max, using: &random), radix: 36)
    }

    // MARK: How it is spelled

    private static let compact: [SIPHeaderName: String] = [
        .via: "v", .from: "f", .to: "t", .callID: "i", .contact: "m", .supported: "k", .subject: "s",
    ]

    private static func spell(_ message: SIPMessage, _ random: inout SplitMix64) -> [UInt8] {
        var lines: [String] = []
        for field in message.headers.fields { lines.append(spell(field, &random)) }
        let (start, body) =
            switch message {
            case .request(let request): ("\(request.method.rawValue) \(request.uri.text) SIP/2.0", request.body)
            case .response(let response): ("SIP/2.0 \(response.status) \(response.reason)", response.body)
            }
        let length = pick(["Content-Length", "l", "CONTENT-LENGTH"], &random) + ": \(body.count)"
        lines.insert(length, at: Int.random(in: 0...lines.count, using: &random))
        let newLine = Int.random(in: 0..<8, using: &random) == 0 ? "\n" : "\r\n"
        let head = ([start] + lines).joined(separator: newLine) + newLine + newLine
        return Array(head.utf8) + body
    }

    private static func spell(_ field: SIPHeaderField, _ random: inout SplitMix64) -> String {
        let long = field.name.text
        let name = pick([long, long.uppercased(), long.lowercased(), compact[field.name] ?? long], &random)
        let before = pick(["", " ", "\t "], &random)
        let after = pick(["", " ", "  \t"], &random)
        // A line may go on after white space (section 7.3.1): the fold is worth one space.
        let fold = pick(["\r\n ", "\r\n\t "], &random)
        let value =
            field.name == .subject && Bool.random(using: &random)
            ? field.value.replacing(" and ", with: fold + "and ") : field.value
        return name + before + ":" + after + value + pick(["", " "], &random)
    }
}
