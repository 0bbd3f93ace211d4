import CSRTP

/// A cryptographic context (RFC 3711 section 3.2) of one way: the library's, and the rules by which it is made.
@safe struct SRTPContext: ~Copyable {
    /// As far as a packet may be behind the newest, in packets.
    static let window = 128

    let handle: srtp_t

    /// - Parameter direction: which of the library's wildcards for sources the context is of.
    init(_ key: SRTPMasterKey, _ direction: srtp_ssrc_type_t) throws(SRTPFailure) {
        guard SRTPLibrary.isReady else { throw .unavailable }
        var policy = unsafe srtp_policy_t()
        unsafe policy.ssrc.type = direction
        unsafe policy.window_size = UInt(Self.window)
        guard
            unsafe srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, key.profile.library) == srtp_err_status_ok,
            unsafe srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, key.profile.library)
                == srtp_err_status_ok
        else { throw .unavailable }
        var context: srtp_t?
        var bytes = key.bytes
        let status = unsafe bytes.withUnsafeMutableBufferPointer { pointer in
            // The library takes what it needs of the key and forgets where it was.
            unsafe policy.key = pointer.baseAddress
            return unsafe srtp_create(&context, &policy)
        }
        guard status == srtp_err_status_ok, let context = unsafe context else { throw SRTPFailure(status) }
        unsafe handle = context
    }

    deinit { unsafe srtp_dealloc(handle) }
}
