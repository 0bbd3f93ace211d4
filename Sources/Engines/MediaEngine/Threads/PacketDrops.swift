/// Packets of a leg that nobody was to hear, by reason.
struct PacketDrops {
    var foreign: UInt64 = 0
    var malformed: UInt64 = 0
    var oversized: UInt64 = 0
    var unknownPayload: UInt64 = 0
}
