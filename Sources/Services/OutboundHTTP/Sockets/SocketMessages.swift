/// What a WebSocket brings, for one task: as long as it does not take them, the peer is not read from.
///
/// It ends when the socket has, or when the task is cancelled.
package struct SocketMessages: AsyncSequence, Sendable {
    let socket: GuardedSocket

    /// Goes through the messages.
    package struct Iterator: AsyncIteratorProtocol {
        let socket: GuardedSocket

        /// The next message.
        package mutating func next() async -> SocketMessage? {
            await socket.next()
        }
    }

    /// Begins with the next message that was not taken.
    package func makeAsyncIterator() -> Iterator {
        Iterator(socket: socket)
    }
}
