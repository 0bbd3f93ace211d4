import Glibc
package import Platform

/// Reads a `multipart/form-data` body (RFC 7578, RFC 2046 section 5.1). Its limits: 20 fields, 4 KiB of headers each.
package enum MultipartForm {
    private static let (maxParts, maxHeaderBytes) = (20, 4096)

    /// The fields, in their order.
    ///
    /// - Parameter contentType: the request's `Content-Type`, which names the boundary.
    /// - Throws: `PlatformError` `request.malformed`.
    package static func parts(of body: [UInt8], contentType: String?) throws(PlatformError) -> [FormPart] {
        guard let boundary = boundary(contentType) else {
            throw malformed("Send 'Content-Type: multipart/form-data' with its boundary.")
        }
        let delimiter = Array("--\(boundary)".utf8)
        // What comes before the first delimiter is for nobody.
        guard var position = find(delimiter, in: body, from: 0) else { throw malformed("The form has no fields.") }
        let next = Array("\r\n".utf8) + delimiter
        var parts: [FormPart] = []
        while true {
            position += delimiter.count
            if body[position...].starts(with: "--".utf8) { return parts }
            while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
            guard body[position...].starts(with: "\r\n".utf8), parts.count < maxParts else {
                throw malformed("The form's fields cannot be told apart, or are more than \(maxParts).")
            }
            // The line's end is the first of a part without headers too.
            guard let end = find(Array("\r\n\r\n".utf8), in: body, from: position),
                end - position <= maxHeaderBytes, let close = find(next, in: body, from: end + 2)
            else { throw malformed("A field of the form does not end.") }
            let headers = String(decoding: body[position..<end], as: UTF8.self)
            parts.append(try part(headers, body[min(end + 4, close)..<close]))
            position = close + 2
        }
    }

    private static func part(_ headers: String, _ content: ArraySlice<UInt8>) throws(PlatformError) -> FormPart {
        for line in headers.split(whereSeparator: \.isNewline) {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, sides[0].lowercased() == "content-disposition" else { continue }
            let found = parameters(sides[1])
            guard found.type == "form-data", let name = found.values["name"] else { break }
            return FormPart(name: name, fileName: found.values["filename"], content: content)
        }
        throw malformed("A field of the form has no name.")
    }

    /// 1 to 70 characters (RFC 2046 section 5.1.1).
    private static func boundary(_ contentType: String?) -> String? {
        guard let contentType else { return nil }
        let found = parameters(contentType[...])
        guard found.type == "multipart/form-data", let boundary = found.values["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        return boundary
    }

    /// `type; name=value; name="value"`, names in small letters. What cannot be read ends the reading.
    private static func parameters(_ text: Substring) -> (type: String, values: [String: String]) {
        var rest = text
        let type = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(type.count)
        var values: [String: String] = [:]
        while rest.popFirst() == ";" {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.popFirst() == "=" else { break }
            values[name.lowercased()] = rest.first == "\"" ? quoted(&rest) : token(&rest)
        }
        return (trimmed(type).lowercased(), values)
    }

    private static func token(_ rest: inout Substring) -> String {
        let value = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(value.count)
        return String(trimmed(value))
    }

    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            value.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
        }
        rest = rest.drop { $0 != ";" }
        return value
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var position = start
            while position + wanted.count <= bytes.count,
                let hit = unsafe memchr(base + position, Int32(wanted[0]), bytes.count - position)
            {
                position = unsafe UnsafeRawPointer(hit) - base
                guard position + wanted.count <= bytes.count else { return nil }
                if unsafe memcmp(hit, wanted, wanted.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }

    private static func malformed(_ message: String) -> PlatformError { PlatformError(.requestMalformed, message) }
}
