import COpenSSL

/// The library that has the ciphers, OpenSSL.
package enum SRTPLibrary {
    /// Whether each profile works here. Asked for the first time it loads the ciphers: ask before there is sound that waits.
    package static let isReady = SRTPProfile.allCases.allSatisfy { profile in
        let key = SRTPMasterKey(profile, [UInt8](repeating: 0, count: profile.keyByteCount))
        return (try? PacketCipher(key, .rtp, .sealing)) != nil
    }
}
