/// Cuts a TCP stream into messages by `Content-Length` (RFC 3261 section 18.3).
package struct SIPStreamFramer: Sendable {
    /// What was found in the stream.
    package enum Frame: Sendable, Equatable {
        /// A whole message.
        case message([UInt8])
        /// A keep-alive: two line ends, to be answered by one (RFC 5626 section 3.5.1).
        case ping
    }

    /// The stream cannot be followed any more and must be closed.
    package enum Failure: Error, Equatable {
        /// A message larger than allowed, or headers without an end.
        case tooLarge
        /// A message without a readable `Content-Length`, or with two that differ.
        case noLength
    }

    private let limits: SIPLimits
    private var buffer: [UInt8] = []

    /// Makes a framer with bounds.
    package init(limits: SIPLimits = SIPLimits()) {
        self.limits = limits
    }

    /// Takes what arrived.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer += bytes
    }

    /// The next frame, or nil until more arrives.
    ///
    /// - Throws: `Failure`.
    package mutating func next() throws(Failure) -> Frame? {
        if buffer.starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) {
            buffer.removeFirst(4)
            return .ping
        }
        // A line end before a message, or half a keep-alive: wait for what follows.
        if buffer.count >= 3, buffer.starts(with: [0x0D, 0x0A]), buffer[2] != 0x0D { buffer.removeFirst(2) }
        guard let headersEnd = endOfHeaders() else {
            guard buffer.count <= limits.messageBytes else { throw .tooLarge }
            return nil
        }
        let length = try contentLength(Array(buffer[..<headersEnd]))
        guard headersEnd + length <= limits.messageBytes else { throw .tooLarge }
        guard buffer.count >= headersEnd + length else { return nil }
        let message = Array(buffer[..<(headersEnd + length)])
        buffer.removeFirst(message.count)
        return .message(message)
    }

    /// The index after the empty line.
    private func endOfHeaders() -> Int? {
        guard buffer.count >= 4 else { return nil }
        for index in 3..<buffer.count where buffer[index] == 0x0A {
            if buffer[index - 1] == 0x0D, buffer[index - 2] == 0x0A, buffer[index - 3] == 0x0D { return index + 1 }
        }
        return nil
    }

    /// Reads to the last header: of two lengths, another element may believe the other one (RFC 4475 section 3.3.9).
    private func contentLength(_ head: [UInt8]) throws(Failure) -> Int {
        var lines = SIPLineReader(head)
        var found: Int?
        _ = lines.next()
        while let line = lines.nextFolded(), !line.isEmpty {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = SIPText.trimmed(Substring(decoding: line[..<colon], as: UTF8.self))
            guard SIPHeaderName(String(name)) == .contentLength else { continue }
            let value = SIPText.trimmed(Substring(decoding: line[(colon + 1)...], as: UTF8.self))
            guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(value),
                found == nil || found == length
            else { throw .noLength }
            guard length <= limits.messageBytes else { throw .tooLarge }
            found = length
        }
        guard let found else { throw .noLength }
        return found
    }
}
