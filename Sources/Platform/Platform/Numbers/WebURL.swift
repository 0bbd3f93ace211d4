/// Checks the form of a customer's URL: the characters of RFC 3986, a host, and nobody's name or password. Which addresses may
/// really be called is decided when it is called, after DNS.
package enum WebURL {
    static let longest = 2048

    private static let host = ASCIISet(ASCIISet.alphanumerics + ".-")
    private static let address = ASCIISet("0123456789ABCDEFabcdef:.")
    private static let digits = ASCIISet(ASCIISet.digits)
    /// What a path, a query and a fragment are made of.
    static let rest = ASCIISet(ASCIISet.alphanumerics + "._~:/?#@!$&'()*+,;=%-")

    /// What is wrong with a URL that a client names; empty when nothing is.
    package static func faults(_ text: String, field: String) -> [FieldFault] {
        guard text.utf8.count <= longest else {
            return [FieldFault(field, "'\(field)' has at most \(longest) bytes.")]
        }
        guard isRight(text) else {
            let message = "'\(field)' must be a percent-encoded https or http URL with a host and without a user name."
            return [FieldFault(field, message)]
        }
        return []
    }

    /// The contract has the same as a pattern: openapi.yaml, WebURLInput.
    static func isRight(_ text: String) -> Bool {
        var bytes = text.utf8[...]
        guard drop("http", from: &bytes) else { return false }
        _ = drop("s", from: &bytes)
        guard drop("://", from: &bytes), dropAuthority(from: &bytes) else { return false }
        guard let first = bytes.first else { return true }
        return "/?#".utf8.contains(first) && bytes.allSatisfy(rest.contains)
    }

    /// Takes a text in small or capital letters off the front; whether it was there.
    static func drop(_ text: String, from bytes: inout Substring.UTF8View) -> Bool {
        let head = bytes.prefix(text.utf8.count)
        let isThere = head.elementsEqual(text.utf8) { lower($0) == $1 }
        if isThere { bytes = bytes.dropFirst(head.count) }
        return isThere
    }

    /// Takes a host with its port off the front; whether one was there.
    static func dropAuthority(from bytes: inout Substring.UTF8View) -> Bool {
        let isAddress = bytes.first == UInt8(ascii: "[")
        if isAddress { bytes = bytes.dropFirst() }
        let rest = bytes.drop(while: (isAddress ? address : host).contains)
        guard rest.startIndex > bytes.startIndex else { return false }
        bytes = rest
        if isAddress {
            guard bytes.first == UInt8(ascii: "]") else { return false }
            bytes = bytes.dropFirst()
        }
        guard bytes.first == UInt8(ascii: ":") else { return true }
        bytes = bytes.dropFirst()
        let port = bytes.prefix(while: digits.contains)
        bytes = bytes.dropFirst(port.count)
        return (1...5).contains(port.count)
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
