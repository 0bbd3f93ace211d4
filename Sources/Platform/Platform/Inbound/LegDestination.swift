/// Whom a leg is placed to.
package enum LegDestination: Sendable {
    /// A number, as it was written: admitted as every call, at the rate of its prefix.
    case number(String)
    /// A SIP URI, as it was written: admitted as every call if its host is on the operator's list, at the price of the list.
    case sip(String)
    /// A registered device: it costs nothing, and is admitted with the call that it belongs to.
    case device(Registration)
}
