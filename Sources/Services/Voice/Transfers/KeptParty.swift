import Primitives

/// A transfer under way, at the call whose party is kept.
struct KeptParty {
    let order: TransferOrder
    var transfer = BlindTransfer()
    /// Where the media of those who are called is, once they have any.
    var media: [Identifier: LegSound] = [:]
}
