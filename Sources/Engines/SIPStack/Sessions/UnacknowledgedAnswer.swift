/// A 2xx to an INVITE, or to one within the call, whose ACK has not come.
struct UnacknowledgedAnswer: Equatable {
    /// The INVITE's number, which the ACK repeats.
    let number: UInt32
    /// Whether its owner is told of the ACK: it is the first, or its body answers an offer of ours.
    let isNews: Bool
}
