/// Names one thing that a flow has begun, so that news of something older changes nothing.
struct FlowToken: Hashable, Sendable {
    let number: Int

    /// Makes tokens, each new.
    struct Source: Sendable {
        private var last = 0

        mutating func next() -> FlowToken {
            last += 1
            return FlowToken(number: last)
        }
    }
}
