/// Which REFERs of a call are taken, as a value: one at a time, and not without end.
struct ReferralDesk: Sendable {
    /// REFERs of one call, whatever becomes of them: each may ring a telephone.
    static let referralLimit = 10
    /// How often one conversation is handed over, by whomever: a chain of transfers has an end.
    static let transferLimit = 5

    /// Whether the outcome of one is open.
    private(set) var isBusy = false
    private var taken = 0

    /// Takes a REFER.
    ///
    /// - Parameter transfers: how often the conversation has been handed over before.
    /// - Returns: the status that refuses it; nil when its outcome is open from now on.
    mutating func take(after transfers: Int) -> Int? {
        // The same as of two re-INVITEs at once (RFC 3261 section 14.2): try again when the other is done.
        guard !isBusy else { return 491 }
        guard taken < Self.referralLimit, transfers < Self.transferLimit else { return 403 }
        taken += 1
        isBusy = true
        return nil
    }

    /// Notes that the outcome is known; false when it was before.
    mutating func finish() -> Bool {
        defer { isBusy = false }
        return isBusy
    }
}
