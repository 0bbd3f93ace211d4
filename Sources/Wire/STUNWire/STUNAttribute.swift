/// The attributes that we know (RFC 8489 section 18.3, RFC 8445 section 16.1).
enum STUNAttribute: UInt16 {
    case username = 0x0006
    case messageIntegrity = 0x0008
    case errorCode = 0x0009
    case unknownAttributes = 0x000A
    case xorMappedAddress = 0x0020
    case priority = 0x0024
    case useCandidate = 0x0025
    case software = 0x8022
    case fingerprint = 0x8028
    case iceControlled = 0x8029
    case iceControlling = 0x802A

    /// A type and a length stand before each value.
    static let headerByteCount = 4
    /// What may be ignored by those who do not know it begins here.
    static let firstOptional: UInt16 = 0x8000
}
