/// The transports of an `m=` line that we speak.
enum RTPProfile: String {
    /// RTP in the clear (RFC 3551).
    case avp = "RTP/AVP"
    /// RTP that is encrypted and authenticated (RFC 3711).
    case savp = "RTP/SAVP"
}
