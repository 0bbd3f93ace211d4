/// Puts the fragments of a message together (RFC 6455 section 5.4), within limits of size and number.
struct MessageAssembly: Sendable {
    private struct Begun {
        let isText: Bool
        let since: Duration
        var bytes: [UInt8]
        var fragments = 1
    }

    let maxBytes: Int
    let maxFragments: Int
    private var begun: Begun?

    init(maxBytes: Int, maxFragments: Int) {
        self.maxBytes = maxBytes
        self.maxFragments = maxFragments
    }

    /// When the message began that is not yet whole; nil when none has.
    var since: Duration? { begun?.since }

    /// Takes a data frame and returns the message that it completes.
    mutating func add(_ frame: SocketFrame, at now: Duration) throws(SocketViolation) -> SocketMessage? {
        let isContinuation = frame.opcode == SocketFrame.Opcode.continuation
        guard isContinuation == (begun != nil) else { throw .fragmentOrder }
        if frame.payload.count + (begun?.bytes.count ?? 0) > maxBytes { throw .tooLarge(limitBytes: maxBytes) }
        if isContinuation {
            begun?.bytes += frame.payload
            begun?.fragments += 1
            if let begun, begun.fragments > maxFragments { throw .tooManyFragments(limit: maxFragments) }
        } else {
            begun = Begun(isText: frame.opcode == SocketFrame.Opcode.text, since: now, bytes: frame.payload)
        }
        guard frame.isLast, let whole = begun else { return nil }
        begun = nil
        guard whole.isText else { return .binary(whole.bytes) }
        guard let text = String(validating: whole.bytes, as: UTF8.self) else { throw .invalidText }
        return .text(text)
    }
}
