/// Values by key in the order they came; beyond its capacity the oldest are forgotten.
struct MPesaRegister<Value: Sendable>: Sendable {
    private let capacity: Int
    private var values: [String: Value] = [:]
    private var keys: [String] = []
    private var first = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// The value of a key; setting changes only what is there.
    subscript(key: String) -> Value? {
        get { values[key] }
        set { if values[key] != nil, let newValue { values[key] = newValue } }
    }

    /// Oldest first.
    var inOrder: [Value] { keys[first...].compactMap { values[$0] } }

    mutating func insert(_ value: Value, for key: String) {
        if values.updateValue(value, forKey: key) == nil { keys.append(key) }
        guard keys.count - first > capacity else { return }
        values[keys[first]] = nil
        first += 1
        guard first > capacity else { return }
        keys.removeSubrange(..<first)
        first = 0
    }
}
