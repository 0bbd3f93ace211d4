import Platform

/// How a leg is dialled.
enum LegWay: Sendable {
    /// Over the trunks, as it was written.
    case number(String)
    /// To the host of a SIP URI.
    case sip(String)
    /// The way that a device registered by.
    case device(DeviceWay)

    /// Whom the leg is placed to.
    var destination: LegDestination {
        switch self {
        case .number(let number): .number(number)
        case .sip(let uri): .sip(uri)
        case .device(let way): .device(way.registration)
        }
    }

    /// As the timeline names it, with the name of its kind.
    var member: JSONMember {
        switch self {
        case .number(let number): JSONMember("number", .string(number))
        case .sip(let uri): JSONMember("sip", .string(uri))
        case .device(let way): JSONMember("device", .string(way.registration.contact))
        }
    }
}
