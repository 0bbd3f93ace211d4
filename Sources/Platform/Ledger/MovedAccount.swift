import Primitives

/// An account whose balance was just moved and which is locked until the transaction ends.
struct MovedAccount {
    let id: Identifier
    /// As stored: debits positive.
    let balanceMinor: Int64
    /// The greatest id that an entry of it has or was to have.
    let lastEntryID: Identifier
    /// What its owner wants to know of, on the account's normal side.
    let markMinor: Int64?

    /// The fall that a posting was, if the account is below its mark with it.
    func fall(after posting: PostingDraft) -> BalanceFall? {
        guard let markMinor else { return nil }
        let sign = posting.account.kind.normalSide.sign
        let (after, change) = (balanceMinor * sign, posting.storedMinor * sign)
        guard change < 0, after < markMinor else { return nil }
        return BalanceFall(account: posting.account, beforeMinor: after - change, afterMinor: after)
    }
}
