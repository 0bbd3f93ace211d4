import SecureMedia

/// Packets of a leg that nobody was to hear, by reason.
struct PacketDrops {
    var foreign: UInt64 = 0
    var malformed: UInt64 = 0
    var oversized: UInt64 = 0
    var unknownPayload: UInt64 = 0
    var replayed: UInt64 = 0
    var unauthentic: UInt64 = 0
    /// Those to the peer that could not be coded or protected.
    var unsent: UInt64 = 0

    mutating func count(_ failure: SRTPFailure) {
        switch failure {
        case .replayed: replayed += 1
        case .malformed, .tooLong: malformed += 1
        case .unauthentic, .tooManySources, .expired, .unavailable: unauthentic += 1
        }
    }
}
