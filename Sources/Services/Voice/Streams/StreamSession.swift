package import OutboundHTTP

/// A stream while it lasts: sound of a call to a socket and back, in one task that calls `run`.
///
/// It never ends the call, and touches nothing of it but its taps and its feed, so a flow goes on after it.
package actor StreamSession {
    let plan: StreamPlan
    let settings: StreamSettings
    let feed: (any StreamFeed)?
    var dialect: any StreamDialect
    var socket: GuardedSocket?
    var marks: StreamMarks
    var counters = StreamCounters()

    private let sockets: GuardedSocketClient
    private let taps: [any StreamTap]
    private let report: @Sendable (StreamReport) -> Void
    private let ends: AsyncStream<StreamEnd>
    private let end: AsyncStream<StreamEnd>.Continuation

    /// Makes a stream that has not begun.
    ///
    /// - Parameters:
    ///   - plan: what is to be opened.
    ///   - taps: what is sent, a tap for each of the plan's tracks at its outgoing rate; closed by the stream.
    ///   - feed: where the server's sound goes; nil for a stream that only listens.
    ///   - sockets: opens the socket.
    ///   - settings: the limits.
    ///   - report: told of the beginning and the end; called in the stream's own task, so it should be quick.
    package init(
        _ plan: StreamPlan,
        taps: [any StreamTap],
        feed: (any StreamFeed)?,
        sockets: GuardedSocketClient,
        settings: StreamSettings = StreamSettings(),
        report: @escaping @Sendable (StreamReport) -> Void = { _ in }
    ) {
        self.plan = plan
        self.taps = taps
        self.feed = feed
        self.sockets = sockets
        self.settings = settings
        self.report = report
        dialect = plan.makeDialect()
        marks = StreamMarks(of: plan.identity.streamSid)
        (ends, end) = AsyncStream.makeStream(of: StreamEnd.self, bufferingPolicy: .bufferingOldest(1))
    }

    /// Opens the socket and streams until one side has enough: the server, the call, or whoever stops it. To be called once.
    ///
    /// - Returns: why it is over. Sound that was not played by then is not played any more.
    @discardableResult
    package func run() async -> StreamEnd {
        let end = await withTaskGroup(of: StreamEnd?.self) { group in
            group.addTask { await self.live() }
            group.addTask { [ends] in await ends.first { _ in true } }
            defer { group.cancelAll() }
            for await end in group {
                if let end { return end }
            }
            // Both were cancelled: whoever runs the stream has no call any more.
            return .hungUp
        }
        leave(end)
        return end
    }

    /// Ends the stream, also one that has not begun; the call goes on.
    package nonisolated func stop() {
        end.yield(.stopped)
    }

    /// Ends the stream because the call has ended.
    package nonisolated func hangUp() {
        end.yield(.hungUp)
    }

    /// Takes that the media engine played up to a mark that it was given.
    package func played(_ mark: String) {
        guard let name = marks.played(mark) else { return }
        tell(dialect.marked(name))
    }

    /// Takes that the caller pressed a key.
    package func pressed(_ digit: Character) {
        guard socket != nil else { return }
        tell(dialect.pressed(digit))
    }

    /// Sends what must arrive; a server that does not even take that ends the stream.
    func tell(_ message: OutgoingSocketMessage?) {
        guard let message, let socket, !socket.send(message), socket.closure == nil else { return }
        end.yield(.tooSlow)
    }

    /// Opens the socket, then sends and receives; nil when it was cancelled.
    private func live() async -> StreamEnd? {
        let request = SocketRequest(
            plan.url,
            subprotocol: type(of: dialect).subprotocol,
            timeout: settings.connectTimeout
        )
        let socket: GuardedSocket
        do throws(OutboundFailure) {
            socket = try await sockets.connect(request)
        } catch {
            return Task.isCancelled ? nil : .unopened(error.description)
        }
        self.socket = socket
        for message in dialect.opening() { tell(message) }
        report(.started)
        return await withTaskGroup(of: StreamEnd?.self) { group in
            group.addTask { await self.listen(to: socket) }
            group.addTask { await self.hear() }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Sends what the taps hear until none hears anything.
    private func hear() async -> StreamEnd? {
        await withTaskGroup { group in
            for tap in taps {
                group.addTask { await self.hear(tap) }
            }
        }
        return Task.isCancelled ? nil : .hungUp
    }

    private func hear(_ tap: any StreamTap) async {
        while let frame = await tap.next() {
            counters.framesSent += 1
            // One that finds no room is counted by the socket.
            socket?.send(dialect.sound(frame))
        }
    }

    /// Says goodbye, lets go of the call, and reports.
    private func leave(_ end: StreamEnd) {
        for tap in taps { tap.close() }
        feed?.clear()
        counters.framesDropped = taps.reduce(socket?.dropped ?? 0) { $0 + $1.dropped }
        if let last = dialect.ending() { socket?.send(last) }
        socket?.close(end.closeCode)
        if end.isError { report(.error(end.description)) }
        if socket != nil { report(.stopped(end, counters)) }
        socket = nil
    }
}
