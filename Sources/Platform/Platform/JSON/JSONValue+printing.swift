extension JSONValue {
    /// The document as UTF-8, without white space, members in their order (RFC 8259).
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(2048)
        write(to: &output)
        return output
    }

    /// The document as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .double(let value): output += (value.isFinite ? "\(value)" : "null").utf8
        case .decimal(let minor): Self.write(decimal: minor, to: &output)
        case .string(let value): Self.write(string: value, to: &output)
        case .printed(let text): output += text.utf8
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(string: member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(decimal minor: Int64, to output: inout [UInt8]) {
        if minor < 0 { output.append(UInt8(ascii: "-")) }
        let (whole, cents) = minor.magnitude.quotientAndRemainder(dividingBy: 100)
        output += "\(whole).\(cents < 10 ? "0" : "")\(cents)".utf8
    }

    private static func write(string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let start = output.count
        output += string.utf8
        // Hardly any string needs an escape, and an array is faster to look through than a string.
        if output[start...].contains(where: needsEscape) {
            output.removeSubrange(start...)
            for byte in string.utf8 { write(escaping: byte, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func write(escaping byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case UInt8(ascii: "\n"): output += "\\n".utf8
        case UInt8(ascii: "\r"): output += "\\r".utf8
        case UInt8(ascii: "\t"): output += "\\t".utf8
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            output += "\\u00".utf8
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        default: output.append(byte)
        }
    }
}
