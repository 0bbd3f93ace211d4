/// Why a packet was not protected, or is not to be believed.
package enum SRTPFailure: Error, Equatable {
    /// It was seen before, or is older than the window of 128 packets; or a number that was sent already.
    case replayed
    /// It is not of whoever has the key, or it was changed on its way.
    case unauthentic
    /// It is no packet: its lengths do not fit.
    case malformed
    /// It does not fit into the buffer once it is protected.
    case tooLong
    /// Whoever has the key uses more sources than a call has.
    case tooManySources
    /// The key has protected as many packets as it may.
    case expired
    /// The library does not work here.
    case unavailable
}
