import COpenSSL

/// The keys of one kind of packets, derived from a master key that is never changed (RFC 3711 section 4.3.1, RFC 7714 section 11).
struct SessionKeys {
    let cipherKey: [UInt8]
    /// Of HMAC-SHA1; GCM has none.
    let authenticationKey: [UInt8]
    let salt: [UInt8]

    private static let authenticationKeyByteCount = 20

    /// - Throws: `SRTPFailure.unavailable`.
    init(_ master: SRTPMasterKey, _ kind: SRTPPacketKind) throws(SRTPFailure) {
        let first: UInt8 = kind == .rtp ? 0 : 3
        let profile = master.profile
        cipherKey = try Self.derive(master, label: first, count: profile.cipherKeyByteCount)
        authenticationKey =
            profile.isGCM ? [] : try Self.derive(master, label: first + 1, count: Self.authenticationKeyByteCount)
        salt = try Self.derive(master, label: first + 2, count: profile.saltByteCount)
    }

    /// The master key's own key stream, at a place that the label names.
    private static func derive(_ master: SRTPMasterKey, label: UInt8, count: Int) throws(SRTPFailure) -> [UInt8] {
        let size = master.profile.cipherKeyByteCount
        // A salt of 96 bits stands in front of two bytes of nothing.
        var counter = Array(master.bytes.dropFirst(size)) + [UInt8](repeating: 0, count: 16)
        counter[7] ^= label
        let context = unsafe EVP_CIPHER_CTX_new()
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var (result, written) = ([UInt8](repeating: 0, count: count), Int32(0))
        let nothing = result
        let cipher = unsafe size == 32 ? EVP_aes_256_ctr() : EVP_aes_128_ctr()
        guard unsafe EVP_EncryptInit_ex(context, cipher, nil, master.bytes, counter) == 1,
            unsafe EVP_EncryptUpdate(context, &result, &written, nothing, Int32(count)) == 1
        else { throw .unavailable }
        return result
    }
}
