import CSockets
import Glibc
import Synchronization

/// Hands out even ports of a range round robin from a random one, so that a port just released rests as long as it can,
/// also over a restart: whoever still sends to an old call must not be heard in a new one.
final class PortAllocator: Sendable {
    private struct State {
        var next: Int
        var taken: Set<Int> = []
    }

    private let first: Int
    private let count: Int
    private let state: Mutex<State>

    init(_ ports: ClosedRange<Int>) {
        first = ports.lowerBound + ports.lowerBound % 2
        count = max(0, (ports.upperBound - first + 1) / 2)
        state = Mutex(State(next: count > 0 ? Int.random(in: 0..<count) : 0))
    }

    /// Binds a pair of sockets; ports that another program holds are passed over.
    func open(host: in_addr) throws(MediaError) -> (port: Int, rtp: Int32, rtcp: Int32) {
        for _ in 0..<count {
            guard let port = take() else { break }
            if let rtp = UDPSocket.bind(host, port) {
                if let rtcp = UDPSocket.bind(host, port + 1) { return (port, rtp, rtcp) }
                close(rtp)
            }
            release(port)
        }
        throw .portsExhausted
    }

    func release(_ port: Int) {
        state.withLock { _ = $0.taken.remove(port) }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard state.taken.count < count else { return nil }
            while true {
                let port = first + 2 * state.next
                state.next = (state.next + 1) % count
                if state.taken.insert(port).inserted { return port }
            }
        }
    }
}
