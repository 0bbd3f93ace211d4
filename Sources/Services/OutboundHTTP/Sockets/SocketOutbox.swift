/// What waits to be sent, as a value: bounded, and for a slow peer without what has become too late.
struct SocketOutbox: Sendable {
    private let maxBytes: Int
    private let maxMessages: Int
    private var messages: [OutgoingSocketMessage?] = []
    private var head = 0
    private var bytes = 0
    private(set) var count = 0
    /// Perishable messages that were dropped.
    private(set) var dropped = 0

    init(maxBytes: Int, maxMessages: Int) {
        self.maxBytes = maxBytes
        self.maxMessages = maxMessages
    }

    /// Puts a message at the end and makes room for it by dropping the oldest perishable ones.
    ///
    /// - Returns: false when there is no room: then a message that must arrive never will, and the peer is too slow.
    mutating func add(_ message: OutgoingSocketMessage) -> Bool {
        var next = head
        while isFull(for: message), next < messages.count {
            if let old = messages[next], old.isPerishable {
                remove(next, old)
                dropped += 1
            }
            next += 1
        }
        guard !isFull(for: message) else {
            if message.isPerishable { dropped += 1 }
            return false
        }
        messages.append(message)
        bytes += message.bytes.count
        count += 1
        return true
    }

    /// Takes the first message out.
    mutating func next() -> OutgoingSocketMessage? {
        while head < messages.count {
            let index = head
            head += 1
            guard let message = messages[index] else { continue }
            remove(index, message)
            compact()
            return message
        }
        compact()
        return nil
    }

    private func isFull(for message: OutgoingSocketMessage) -> Bool {
        count >= maxMessages || bytes + message.bytes.count > maxBytes
    }

    private mutating func remove(_ index: Int, _ message: OutgoingSocketMessage) {
        messages[index] = nil
        bytes -= message.bytes.count
        count -= 1
    }

    /// Lets the places go that are empty, now and then, so that taking out costs the same however long the queue is.
    private mutating func compact() {
        if count == 0 {
            messages.removeAll(keepingCapacity: true)
            head = 0
        } else if messages.count > 2 * maxMessages {
            messages = messages[head...].filter { $0 != nil }
            head = 0
        }
    }
}
