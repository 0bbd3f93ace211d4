extension SIPHeaders {
    /// The topmost hop.
    package var topVia: Via? { topViaText.flatMap { Via($0) } }

    /// The topmost hop as it came.
    var topViaText: String? { self[.via].flatMap { SIPText.commaSeparated($0).first } }

    /// Whether one hop is named and no more: a response with more belongs to somebody else (RFC 3261 section 8.1.3.3).
    package var hasOneVia: Bool {
        var count = 0
        for field in fields where field.name == .via {
            guard !field.value.utf8.contains(UInt8(ascii: ",")) else { return list(.via).count == 1 }
            count += 1
        }
        return count == 1
    }

    /// Replaces the topmost hop.
    package mutating func replaceTopVia(_ via: Via) {
        var elements = list(.via)
        guard !elements.isEmpty else { return prepend(.via, via.text) }
        elements[0] = via.text
        let place = fields.firstIndex { $0.name == .via } ?? 0
        set(.via, nil)
        for (offset, element) in elements.enumerated() { insert(SIPHeaderField(.via, element), at: place + offset) }
    }

    /// Who asks.
    package var from: NameAddress? { self[.from].flatMap { NameAddress($0) } }

    /// Who is asked.
    package var to: NameAddress? { self[.to].flatMap { NameAddress($0) } }

    /// The dialog's or registration's name.
    package var callID: String? { self[.callID] }

    /// The number and method.
    package var cseq: CSeq? { self[.cseq].flatMap { CSeq($0) } }

    /// The first contact; nil for none, or for `*`.
    package var contact: NameAddress? { list(.contact).first.flatMap { NameAddress($0) } }

    /// The routes to follow, in order.
    package var routes: [NameAddress] { list(.route).compactMap { NameAddress($0) } }

    /// The routes recorded, in the message's order.
    package var recordRoutes: [NameAddress] { list(.recordRoute).compactMap { NameAddress($0) } }

    /// A header that is a whole number.
    package func integer(_ name: SIPHeaderName) -> Int? {
        self[name].flatMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }
    }

    /// Whether a list header has an option tag, without case.
    package func has(_ option: String, in name: SIPHeaderName) -> Bool {
        list(name).contains { $0.lowercased() == option }
    }
}
