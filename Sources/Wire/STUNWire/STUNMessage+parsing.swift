extension STUNMessage {
    /// Reads a datagram. Total: any bytes give a message or an error. Of equal attributes the first counts, and behind
    /// MESSAGE-INTEGRITY only FINGERPRINT (RFC 8489 sections 14 and 14.5).
    ///
    /// - Throws: `STUNParseError`.
    package init(parsing datagram: UnsafeRawBufferPointer) throws(STUNParseError) {
        guard datagram.count <= Self.longest else { throw .tooLarge }
        guard datagram.count >= Self.headerByteCount, let type = unsafe STUNType(datagram.word16(at: 0)),
            unsafe datagram.word32(at: 4) == Self.cookie,
            unsafe Int(datagram.word16(at: 2)) == datagram.count - Self.headerByteCount
        else { throw .notSTUN }
        self.type = type
        transaction = unsafe STUNTransaction(datagram.word32(at: 8), datagram.word64(at: 12))
        var (place, rest) = (Self.headerByteCount, Self.mostAttributes)
        while place < datagram.count {
            let start = place + STUNAttribute.headerByteCount
            guard start <= datagram.count, fingerprint == nil else { throw .malformed }
            let end = start + Int(unsafe datagram.word16(at: place + 2))
            // Values are filled up to a multiple of four.
            let next = (end + 3) & ~3
            guard next <= datagram.count else { throw .malformed }
            guard rest > 0 else { throw .tooLarge }
            rest -= 1
            unsafe try read(datagram.word16(at: place), datagram, start..<end)
            place = next
        }
    }

    private mutating func read(
        _ number: UInt16,
        _ datagram: UnsafeRawBufferPointer,
        _ value: Range<Int>
    ) throws(STUNParseError) {
        let attribute = STUNAttribute(rawValue: number)
        if integrity != nil, attribute != .fingerprint { return }
        let start = value.lowerBound - STUNAttribute.headerByteCount
        switch attribute {
        case .username:
            guard value.count <= Self.longestUsername else { throw .tooLarge }
            username = username ?? value
        case .messageIntegrity:
            try expect(value, 20)
            integrity = start
        case .fingerprint:
            try expect(value, 4)
            fingerprint = start
        case .xorMappedAddress:
            let address = unsafe try Self.address(datagram, value).veiled(by: transaction)
            mappedAddress = mappedAddress ?? address
        case .errorCode:
            guard value.count >= 4,
                let code = unsafe STUNErrorCode(
                    hundreds: datagram[value.lowerBound + 2],
                    rest: datagram[value.lowerBound + 3]
                )
            else { throw .malformed }
            errorCode = errorCode ?? code
        case .priority:
            try expect(value, 4)
            priority = unsafe priority ?? datagram.word32(at: value.lowerBound)
        case .useCandidate:
            try expect(value, 0)
            nominates = true
        case .iceControlled, .iceControlling:
            try expect(value, 8)
            let breaker = unsafe datagram.word64(at: value.lowerBound)
            role = role ?? (attribute == .iceControlled ? .controlled(breaker) : .controlling(breaker))
        case .unknownAttributes: unsafe readRefused(datagram, value)
        case .software: break
        case nil:
            if number < STUNAttribute.firstOptional, unknown.count < Self.mostUnknown { unknown.append(number) }
        }
    }

    private func expect(_ value: Range<Int>, _ count: Int) throws(STUNParseError) {
        guard value.count == count else { throw .malformed }
    }

    private mutating func readRefused(_ datagram: UnsafeRawBufferPointer, _ value: Range<Int>) {
        guard refused.isEmpty else { return }
        for place in stride(from: value.lowerBound, to: value.upperBound - 1, by: 2).prefix(Self.mostUnknown) {
            refused.append(unsafe datagram.word16(at: place))
        }
    }

    private static func address(
        _ datagram: UnsafeRawBufferPointer,
        _ value: Range<Int>
    ) throws(STUNParseError) -> STUNAddress {
        guard value.count >= 4 else { throw .malformed }
        let (start, family) = unsafe (value.lowerBound + 4, datagram[value.lowerBound + 1])
        let port = unsafe datagram.word16(at: value.lowerBound + 2)
        switch (family, value.count) {
        case (1, 8): return unsafe STUNAddress(.v4(datagram.word32(at: start)), port)
        case (2, 20): return unsafe STUNAddress(.v6(datagram.word64(at: start), datagram.word64(at: start + 8)), port)
        default: throw .malformed
        }
    }
}
