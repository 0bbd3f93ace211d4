/// A fault that was asked for: what, how often, and to whom.
struct MPesaFaultRule: Sendable, Equatable {
    let fault: MPesaFault
    /// The phone it is for, `254…`; nil for whoever comes.
    let phone: String?
    /// How often it still happens; nil always.
    var remaining: Int?
    /// How late, for `callback_late`.
    let milliseconds: Int64?
    /// In how many of a hundred cases.
    let percent: Int
}
