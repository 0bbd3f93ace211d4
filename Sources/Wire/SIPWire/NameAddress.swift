/// A From, To, Contact, Route or P-Asserted-Identity value: an optional name, a URI, parameters (RFC 3261 section 20.10).
package struct NameAddress: Sendable, Hashable {
    /// The name for people, without quotes.
    package var displayName: String?
    /// The address.
    package var uri: SIPURI
    /// The header's own parameters, such as `tag`.
    package var parameters: SIPParameters

    /// Makes a value.
    package init(displayName: String? = nil, uri: SIPURI, parameters: SIPParameters = SIPParameters()) {
        self.displayName = displayName
        self.uri = uri
        self.parameters = parameters
    }

    /// Reads `"Name" <sip:…>;tag=…` or `sip:…;tag=…`, where parameters belong to the header; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let whole = String(text)
        guard let open = Self.openBracket(whole) else {
            let parts = whole.utf8.firstIndex(of: UInt8(ascii: ";"))
            guard let uri = SIPURI(SIPText.trimmed(whole[..<(parts ?? whole.endIndex)])) else { return nil }
            let rest = parts.map { whole[whole.utf8.index(after: $0)...] } ?? ""
            self.init(uri: uri, parameters: SIPParameters(parsing: rest))
            return
        }
        guard let close = whole.utf8[open...].firstIndex(of: UInt8(ascii: ">")),
            let uri = SIPURI(whole[whole.utf8.index(after: open)..<close])
        else { return nil }
        let name = SIPText.trimmed(whole[..<open])
        let rest = SIPText.trimmed(whole[whole.utf8.index(after: close)...])
        guard rest.isEmpty || rest.hasPrefix(";") else { return nil }
        self.init(
            displayName: name.isEmpty ? nil : SIPText.unquoted(name),
            uri: uri,
            parameters: SIPParameters(parsing: rest.dropFirst())
        )
    }

    /// The tag that names a peer's end of a dialog.
    package var tag: String? {
        get { parameters["tag"] }
        set { parameters["tag"] = newValue }
    }

    /// The value as it is sent, the URI always in angle brackets.
    package var text: String {
        let name = displayName.map { SIPText.quoted($0) + " " } ?? ""
        return "\(name)<\(uri.text)>\(parameters.text)"
    }

    /// The first `<` outside of quotes.
    private static func openBracket(_ text: String) -> String.Index? {
        var isQuoted = false
        var isEscaped = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if isEscaped {
                isEscaped = false
                continue
            }
            if byte == UInt8(ascii: "\\") && isQuoted { isEscaped = true }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "<") && !isQuoted { return index }
        }
        return nil
    }
}
