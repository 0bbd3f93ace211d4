import COpenSSL

/// Encrypts and authenticates packets of one kind and one way, in place (RFC 3711 section 4, RFC 7714). It knows no order of
/// packets. Of one thread at a time; nothing is allocated for a packet.
@safe final class PacketCipher {
    /// Which way.
    enum Use {
        case sealing, opening
    }

    /// The most bytes of a tag.
    static let longestTag = 16

    /// The length of what proves a packet.
    let tagByteCount: Int
    private let kind: SRTPPacketKind
    private let isGCM: Bool
    private let salt: [UInt8]
    private let context: OpaquePointer
    private let code: UnsafeMutablePointer<openssl_hmac_sha1>
    /// The vector that a key stream begins with, then four bytes that are authenticated and not encrypted, then a code.
    private let scratch: UnsafeMutablePointer<UInt8>
    private var trailer: UnsafeMutablePointer<UInt8> { unsafe scratch + 16 }
    private var digest: UnsafeMutablePointer<UInt8> { unsafe scratch + 20 }

    /// - Throws: `SRTPFailure.unavailable`.
    init(_ master: SRTPMasterKey, _ kind: SRTPPacketKind, _ use: Use) throws(SRTPFailure) {
        let (keys, profile) = (try SessionKeys(master, kind), master.profile)
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .unavailable }
        unsafe self.context = unsafe context
        self.kind = kind
        isGCM = profile.isGCM
        tagByteCount = profile.tagByteCount(kind)
        salt = keys.salt
        unsafe code = .allocate(capacity: 1)
        unsafe scratch = .allocate(capacity: 40)
        let key = keys.authenticationKey
        unsafe openssl_hmac_sha1_prepare(code, key, key.count)
        // Counter mode is the same both ways.
        let direction: Int32 = use == .sealing || !profile.isGCM ? 1 : 0
        let cipher =
            switch profile {
            case .aes128CMSHA1Tag80, .aes128CMSHA1Tag32: unsafe EVP_aes_128_ctr()
            case .aes128GCM: unsafe EVP_aes_128_gcm()
            case .aes256GCM: unsafe EVP_aes_256_gcm()
            }
        guard unsafe EVP_CipherInit_ex(context, cipher, nil, keys.cipherKey, nil, direction) == 1 else {
            throw .unavailable
        }
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
        unsafe code.deallocate()
        unsafe scratch.deallocate()
    }

    // MARK: Packets

    /// Protects the packet that a buffer begins with, which must have room for its trailer.
    ///
    /// - Parameters:
    ///   - clear: how many bytes of it are not encrypted.
    ///   - index: of the source's packets of this kind; for reports 31 bits of it.
    /// - Returns: its bytes then.
    func seal(
        _ buffer: UnsafeMutableRawBufferPointer,
        clear: Int,
        count: Int,
        source: UInt32,
        index: UInt64
    ) throws(SRTPFailure) -> Int {
        guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { throw .malformed }
        setVector(source, index)
        setTrailer(index)
        // Of a report the trailer is sent: behind the tag with GCM (RFC 7714 section 9.2), and without it before the tag.
        if isGCM {
            try unsafe begin(authenticating: start, clear)
            try unsafe run(start + clear, count - clear)
            try unsafe finish(start + count)
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, start + count) == 1 else {
                throw .unavailable
            }
            if kind == .rtcp { unsafe (start + count + 16).update(from: trailer, count: 4) }
        } else {
            try begin()
            try unsafe run(start + clear, count - clear)
            unsafe openssl_hmac_sha1_sign(code, start, count, trailer, 4, digest)
            if kind == .rtcp { unsafe (start + count).update(from: trailer, count: 4) }
            unsafe (start + count + trailerByteCount).update(from: digest, count: tagByteCount)
        }
        return count + trailerByteCount + tagByteCount
    }

    /// Checks and decrypts a packet.
    ///
    /// - Returns: its bytes without what proves it.
    /// - Throws: `SRTPFailure.unauthentic`; then it must not be looked at any more.
    func open(
        _ packet: UnsafeMutableRawBufferPointer,
        clear: Int,
        source: UInt32,
        index: UInt64
    ) throws(SRTPFailure) -> Int {
        let count = packet.count - tagByteCount - trailerByteCount
        guard count >= clear, let start = unsafe packet.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            throw .unauthentic
        }
        setVector(source, index)
        setTrailer(index)
        if isGCM {
            try unsafe begin(authenticating: start, clear)
            try unsafe run(start + clear, count - clear)
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, start + count) == 1 else {
                throw .unavailable
            }
            try unsafe finish(digest)
        } else {
            unsafe openssl_hmac_sha1_sign(code, start, count, trailer, 4, digest)
            guard unsafe CRYPTO_memcmp(digest, start + count + trailerByteCount, tagByteCount) == 0 else {
                throw .unauthentic
            }
            try begin()
            try unsafe run(start + clear, count - clear)
        }
        return count
    }

    /// The number that a report says it has, and whether it says that it is encrypted; nil when it is too short.
    func report(in packet: UnsafeRawBufferPointer) -> (index: UInt32, isEncrypted: Bool)? {
        let place = isGCM ? packet.count - 4 : packet.count - 4 - tagByteCount
        guard place >= kind.headerByteCount else { return nil }
        let word = unsafe UInt32(bigEndian: packet.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        return (word & 0x7FFF_FFFF, word & 0x8000_0000 != 0)
    }

    /// What is sent besides the tag: a report's number.
    var trailerByteCount: Int { kind == .rtcp ? 4 : 0 }

    // MARK: What differs from packet to packet

    /// Section 4.1.1 of RFC 3711; sections 8.1 and 9.1 of RFC 7714.
    private func setVector(_ source: UInt32, _ index: UInt64) {
        unsafe scratch.update(repeating: 0, count: 16)
        let (sourcePlace, indexPlace) = isGCM ? (2, 6) : (4, 8)
        for place in 0..<4 {
            unsafe scratch[sourcePlace + place] = UInt8(truncatingIfNeeded: source >> (24 - 8 * UInt32(place)))
        }
        for place in 0..<6 {
            unsafe scratch[indexPlace + place] = UInt8(truncatingIfNeeded: index >> (40 - 8 * UInt64(place)))
        }
        for place in salt.indices { unsafe scratch[place] ^= salt[place] }
    }

    /// What is authenticated beside the packet: how often its numbers wrapped, or a report's number with the mark that it is encrypted.
    private func setTrailer(_ index: UInt64) {
        let word =
            kind == .rtp ? UInt32(truncatingIfNeeded: index >> 16) : UInt32(truncatingIfNeeded: index) | 0x8000_0000
        for place in 0..<4 { unsafe trailer[place] = UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32(place))) }
    }

    // MARK: The cipher

    private func begin() throws(SRTPFailure) {
        guard unsafe EVP_CipherInit_ex(context, nil, nil, nil, scratch, -1) == 1 else { throw .unavailable }
    }

    /// With GCM the header is authenticated by the cipher, and so is a report's trailer.
    private func begin(authenticating start: UnsafeMutablePointer<UInt8>, _ clear: Int) throws(SRTPFailure) {
        try begin()
        var written = Int32(0)
        guard unsafe EVP_CipherUpdate(context, nil, &written, start, Int32(clear)) == 1 else { throw .unavailable }
        if kind == .rtp { return }
        guard unsafe EVP_CipherUpdate(context, nil, &written, trailer, 4) == 1 else { throw .unavailable }
    }

    private func run(_ start: UnsafeMutablePointer<UInt8>, _ count: Int) throws(SRTPFailure) {
        if count == 0 { return }
        var written = Int32(0)
        guard unsafe EVP_CipherUpdate(context, start, &written, start, Int32(count)) == 1 else { throw .unavailable }
    }

    private func finish(_ place: UnsafeMutablePointer<UInt8>) throws(SRTPFailure) {
        var written = Int32(0)
        guard unsafe EVP_CipherFinal_ex(context, place, &written) == 1 else { throw .unauthentic }
    }
}
