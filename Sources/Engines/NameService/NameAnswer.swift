/// What is known of a name, and for how long.
struct NameAnswer<Value: Sendable>: Sendable {
    let value: Value
    let ttl: Duration
}
