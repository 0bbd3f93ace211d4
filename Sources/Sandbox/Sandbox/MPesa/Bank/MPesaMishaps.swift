/// What goes wrong with one payment or one initiator's request.
struct MPesaMishaps: Sendable, Equatable {
    var faults: Set<MPesaFault> = []
    /// How late the callback is, for `callback_late`.
    var lateBy: Duration = .zero

    func contains(_ fault: MPesaFault) -> Bool { faults.contains(fault) }
}
