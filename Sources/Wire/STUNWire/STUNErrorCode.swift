/// Why a request failed (RFC 8489 section 14.8).
package struct STUNErrorCode: Sendable, Hashable {
    /// 300 to 699.
    package let number: UInt16

    /// The request has not what it needs.
    package static let badRequest = STUNErrorCode(400)
    /// The integrity of the request is not as it should be.
    package static let unauthenticated = STUNErrorCode(401)
    /// The request has an attribute that must be understood and is not.
    package static let unknownAttribute = STUNErrorCode(420)
    /// Both sides believe to have the same role (RFC 8445 section 7.3.1.1).
    package static let roleConflict = STUNErrorCode(487)

    private init(_ number: UInt16) { self.number = number }

    /// Reads the two bytes that hold the hundreds and the rest; nil when they are out of range.
    init?(hundreds: UInt8, rest: UInt8) {
        guard (3...6).contains(hundreds & 7), rest < 100 else { return nil }
        number = UInt16(hundreds & 7) * 100 + UInt16(rest)
    }

    var reason: StaticString {
        switch self {
        case .badRequest: "Bad Request"
        case .unauthenticated: "Unauthenticated"
        case .unknownAttribute: "Unknown Attribute"
        case .roleConflict: "Role Conflict"
        default: "Failed"
        }
    }
}
