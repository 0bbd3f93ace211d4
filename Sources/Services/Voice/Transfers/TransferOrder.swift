import MediaEngine
import Platform
import Primitives

/// What a call is told whose party is to be connected with somebody else.
struct TransferOrder: Sendable {
    let target: Callee
    /// The call of whoever asks.
    let transferor: Identifier
    /// Where the two hear each other again, should it fail.
    let leg: MediaLeg
    /// Told how it goes; `completed` or `failed` is the last.
    let report: @Sendable (TransferNews) -> Void
}
