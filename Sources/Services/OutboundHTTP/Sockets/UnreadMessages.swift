/// Messages that were received and not yet taken, as a value: it says when to stop reading, and when to go on.
struct UnreadMessages: Sendable {
    private let maxBytes: Int
    private let maxMessages: Int
    private var messages: [SocketMessage] = []
    private var head = 0
    private var bytes = 0
    private var isPaused = false

    init(maxBytes: Int, maxMessages: Int) {
        self.maxBytes = maxBytes
        self.maxMessages = maxMessages
    }

    /// Puts a message at the end.
    mutating func add(_ message: SocketMessage) {
        messages.append(message)
        bytes += message.byteCount
    }

    /// Whether more may be read now; if not, `next` says when.
    mutating func mayRead() -> Bool {
        isPaused = bytes >= maxBytes || messages.count - head >= maxMessages
        return !isPaused
    }

    /// Takes the first message, and tells whether reading, which was stopped, is to go on: half of what stopped it is gone.
    mutating func next() -> (message: SocketMessage, resumes: Bool)? {
        guard head < messages.count else { return nil }
        let message = messages[head]
        head += 1
        bytes -= message.byteCount
        if head == messages.count || head > maxMessages {
            messages.removeFirst(head)
            head = 0
        }
        let resumes = isPaused && bytes <= maxBytes / 2 && messages.count - head <= maxMessages / 2
        if resumes { isPaused = false }
        return (message, resumes)
    }
}
