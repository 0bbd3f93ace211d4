extension STUNMessage {
    static let integrityByteCount = 20
    /// So that no other protocol's checksum is taken for ours (RFC 8489 section 14.7).
    static let fingerprintMask: UInt32 = 0x5354_554E

    /// Whether MESSAGE-INTEGRITY is there and of whoever knows the password (RFC 8489 section 14.5).
    ///
    /// - Parameter datagram: what the message was read from.
    package func isSigned(by authenticator: some STUNAuthenticator, in datagram: UnsafeRawBufferPointer) -> Bool {
        guard let integrity else { return false }
        let start = integrity + STUNAttribute.headerByteCount
        return unsafe withUnsafeTemporaryAllocation(byteCount: Self.integrityByteCount, alignment: 8) { code in
            guard unsafe Self.sign(datagram, upTo: integrity, by: authenticator, into: code) else { return false }
            // Every byte is looked at: the time tells nothing.
            var difference: UInt8 = 0
            for place in code.indices { difference |= unsafe code[place] ^ datagram[start + place] }
            return difference == 0
        }
    }

    /// Whether FINGERPRINT is right; a message without it is taken for one.
    ///
    /// - Parameter datagram: what the message was read from.
    package func isIntact(in datagram: UnsafeRawBufferPointer) -> Bool {
        guard let fingerprint else { return true }
        let checksum = unsafe CRC32.checksum(UnsafeRawBufferPointer(rebasing: datagram[..<fingerprint]))
        return unsafe datagram.word32(at: fingerprint + STUNAttribute.headerByteCount)
            == checksum ^ Self.fingerprintMask
    }

    /// The code of a message whose MESSAGE-INTEGRITY is, or will be, at a place: as if the message ended with it.
    static func sign(
        _ datagram: UnsafeRawBufferPointer,
        upTo place: Int,
        by authenticator: some STUNAuthenticator,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: headerByteCount, alignment: 8) { header in
            unsafe header.copyMemory(from: UnsafeRawBufferPointer(rebasing: datagram[..<headerByteCount]))
            let length = place + STUNAttribute.headerByteCount + integrityByteCount - headerByteCount
            unsafe header.storeBytes(of: UInt16(length).bigEndian, toByteOffset: 2, as: UInt16.self)
            return unsafe authenticator.authenticate(
                UnsafeRawBufferPointer(header),
                UnsafeRawBufferPointer(rebasing: datagram[headerByteCount..<place]),
                into: code
            )
        }
    }
}
