import OutboundHTTP

extension StreamSession {
    /// Does what the server asks for, message by message, until the socket ends; nil when it was cancelled.
    func listen(to socket: GuardedSocket) async -> StreamEnd? {
        for await message in socket.messages {
            counters.messagesReceived += 1
            guard let event = dialect.receive(message) else { continue }
            if let end = await take(event) { return end }
        }
        return socket.closure.map(StreamEnd.socket)
    }

    private func take(_ event: StreamEvent) async -> StreamEnd? {
        switch event {
        case .audio(let samples, let rate): await play(samples, rate: rate)
        case .clear: clear()
        case .mark(let name): return mark(name)
        case .stop: return .asked
        case .fault(let words): return count(words)
        }
        return nil
    }

    /// Plays a second at a time, as there is room; nothing is read from the socket meanwhile.
    private func play(_ samples: [Int16], rate: Int) async {
        counters.soundReceived += .seconds(samples.count) / rate
        guard let feed else { return }
        var rest = samples[...]
        while !rest.isEmpty, !Task.isCancelled {
            if feed.queued < settings.maxQueued, feed.append(Array(rest.prefix(rate)), rate: rate) {
                rest = rest.dropFirst(rate)
            } else {
                // Cancelled when the stream ends, which the loop sees.
                _ = try? await Task.sleep(for: settings.retryInterval)
            }
        }
    }

    /// Marks of sound that will not be played come back at once, as servers of this dialect expect.
    private func clear() {
        feed?.clear()
        for name in marks.clear() { tell(dialect.marked(name)) }
    }

    private func mark(_ name: String) -> StreamEnd? {
        guard marks.count < settings.maxMarks else { return count("a 'mark' is one too many") }
        guard let feed else {
            tell(dialect.marked(name))
            return nil
        }
        let token = marks.add(name)
        if feed.mark(token) { return nil }
        _ = marks.played(token)
        return count("a 'mark' is one too many")
    }

    private func count(_ fault: String) -> StreamEnd? {
        counters.faults += 1
        return counters.faults > settings.maxFaults ? .faults(fault) : nil
    }
}
