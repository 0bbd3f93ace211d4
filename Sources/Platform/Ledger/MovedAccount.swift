import Primitives

/// An account whose balance was just moved and which is locked until the transaction ends.
struct MovedAccount {
    let id: Identifier
    /// As stored: debits positive.
    let balanceMinor: Int64
    /// The greatest id that an entry of it has or was to have.
    let lastEntryID: Identifier
}
