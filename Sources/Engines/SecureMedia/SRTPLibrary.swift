import CSRTP

/// The library that does the cryptography, libsrtp2.
package enum SRTPLibrary {
    /// Whether the library works here. Asked for the first time it is made ready, which takes it some 20 ms: ask before there is
    /// sound that waits.
    package static let isReady = srtp_init() == srtp_err_status_ok
}
