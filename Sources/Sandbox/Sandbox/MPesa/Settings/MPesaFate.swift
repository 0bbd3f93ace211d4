/// How a payment by STK push ends.
enum MPesaFate: Sendable {
    /// After the ordinary delay.
    case ends(MPesaResult)
    /// After the delay of a phone that nobody touches.
    case timesOut(MPesaResult)
    /// The payment stays on its way.
    case neverEnds
    /// The push itself is refused: another session is open.
    case refusesPush
}
