/// Writes a message into memory of somebody else, attribute by attribute, without allocating. When something does not fit, or cannot be signed,
/// there is no message.
@safe package struct STUNWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    private var count = STUNMessage.headerByteCount
    private var isBroken = false
    private let transaction: STUNTransaction

    /// Begins a message at the beginning of a buffer.
    package init(_ type: STUNType, _ transaction: STUNTransaction, in buffer: UnsafeMutableRawBufferPointer) {
        unsafe self.buffer = unsafe buffer
        self.transaction = transaction
        guard buffer.count >= STUNMessage.headerByteCount else {
            isBroken = true
            return
        }
        store(type.word, at: 0)
        store(STUNMessage.cookie, at: 4)
        store(transaction.high, at: 8)
        store(transaction.low, at: 12)
        close()
    }

    /// The bytes of the message; nil when it did not fit or could not be signed.
    package var byteCount: Int? { isBroken ? nil : count }

    /// Writes who asks: the fragment of whom is asked, a colon, and that of who asks (RFC 8445 section 7.2.2).
    package mutating func add(username: some Collection<UInt8>) {
        guard let place = begin(.username, username.count) else { return }
        for (offset, byte) in username.enumerated() { unsafe buffer[place + offset] = byte }
        close()
    }

    /// Writes where a request came from.
    package mutating func add(mappedAddress: STUNAddress) {
        let veiled = mappedAddress.veiled(by: transaction)
        switch veiled.host {
        case .v4(let bits):
            guard let place = begin(.xorMappedAddress, 8) else { return }
            store(UInt16(1), at: place)
            store(veiled.port, at: place + 2)
            store(bits, at: place + 4)
        case .v6(let high, let low):
            guard let place = begin(.xorMappedAddress, 20) else { return }
            store(UInt16(2), at: place)
            store(veiled.port, at: place + 2)
            store(high, at: place + 4)
            store(low, at: place + 12)
        }
        close()
    }

    /// Writes why a request failed, with the reason that belongs to it.
    package mutating func add(errorCode: STUNErrorCode) {
        let reason = errorCode.reason
        guard let place = begin(.errorCode, 4 + reason.utf8CodeUnitCount) else { return }
        let (hundreds, rest) = errorCode.number.quotientAndRemainder(dividingBy: 100)
        store(UInt16(0), at: place)
        store(hundreds << 8 | rest, at: place + 2)
        for offset in 0..<reason.utf8CodeUnitCount {
            unsafe buffer[place + 4 + offset] = unsafe reason.utf8Start[offset]
        }
        close()
    }

    /// Writes which attributes of a request were not known.
    package mutating func add(unknownAttributes: [UInt16]) {
        guard let place = begin(.unknownAttributes, 2 * unknownAttributes.count) else { return }
        for (index, number) in unknownAttributes.enumerated() { store(number, at: place + 2 * index) }
        close()
    }

    /// Writes the priority of the candidate that a check would make.
    package mutating func add(priority: UInt32) {
        guard let place = begin(.priority, 4) else { return }
        store(priority, at: place)
        close()
    }

    /// Nominates the pair that is checked.
    package mutating func addUseCandidate() {
        if begin(.useCandidate, 0) != nil { close() }
    }

    /// Writes which part the sender has.
    package mutating func add(role: STUNRole) {
        let (attribute, breaker) =
            switch role {
            case .controlling(let breaker): (STUNAttribute.iceControlling, breaker)
            case .controlled(let breaker): (STUNAttribute.iceControlled, breaker)
            }
        guard let place = begin(attribute, 8) else { return }
        store(breaker, at: place)
        close()
    }

    /// Proves all that was written so far (MESSAGE-INTEGRITY).
    package mutating func sign(by authenticator: some STUNAuthenticator) {
        let end = count
        guard let place = begin(.messageIntegrity, STUNMessage.integrityByteCount) else { return }
        let code = unsafe UnsafeMutableRawBufferPointer(
            rebasing: buffer[place..<(place + STUNMessage.integrityByteCount)]
        )
        let message = unsafe UnsafeRawBufferPointer(buffer)
        let isSigned = unsafe STUNMessage.sign(message, upTo: end, by: authenticator, into: code)
        isBroken = isBroken || !isSigned
        close()
    }

    /// Tells the message from other datagrams (FINGERPRINT); the last attribute.
    package mutating func addFingerprint() {
        let end = count
        guard let place = begin(.fingerprint, 4) else { return }
        close()
        let checksum = unsafe CRC32.checksum(UnsafeRawBufferPointer(rebasing: buffer[..<end]))
        store(checksum ^ STUNMessage.fingerprintMask, at: place)
    }

    /// Writes the header of an attribute, and zeros behind its value; returns where the value goes.
    private mutating func begin(_ attribute: STUNAttribute, _ length: Int) -> Int? {
        let place = count + STUNAttribute.headerByteCount
        let end = place + (length + 3) & ~3
        guard !isBroken, unsafe end <= min(buffer.count, STUNMessage.longest) else {
            isBroken = true
            return nil
        }
        store(attribute.rawValue, at: count)
        store(UInt16(length), at: count + 2)
        if end > place { store(UInt32(0), at: end - 4) }
        count = end
        return place
    }

    private func close() {
        store(UInt16(count - STUNMessage.headerByteCount), at: 2)
    }

    private func store(_ value: some FixedWidthInteger & BitwiseCopyable, at place: Int) {
        unsafe buffer.storeBytes(of: value.bigEndian, toByteOffset: place, as: type(of: value))
    }
}
