/// Writes messages.
enum SIPPrinter {
    static func text(startLine: String, _ headers: SIPHeaders, _ body: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024 + body.count)
        line(startLine, to: &output)
        for field in headers.fields where field.name != .contentLength {
            output += field.name.text.utf8
            output.append(UInt8(ascii: ":"))
            output.append(0x20)
            line(field.value, to: &output)
        }
        line("Content-Length: \(body.count)", to: &output)
        output.append(0x0D)
        output.append(0x0A)
        output += body
        return output
    }

    /// A carriage return or line feed inside a value would start a header of its own; it becomes a space.
    private static func line(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 { output.append(byte == 0x0D || byte == 0x0A ? 0x20 : byte) }
        output.append(0x0D)
        output.append(0x0A)
    }
}
