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

    /// The fall that a change was, as it is stored, if the account is below its mark with it.
    func fall(of account: AccountReference, by storedMinor: Int64) -> BalanceFall? {
        guard let markMinor else { return nil }
        let sign = account.kind.normalSide.sign
        let (after, change) = (balanceMinor * sign, storedMinor * sign)
        guard change < 0, after < markMinor else { return nil }
        return BalanceFall(account: account, beforeMinor: after - change, afterMinor: after)
    }
}
