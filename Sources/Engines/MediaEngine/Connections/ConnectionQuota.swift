import STUNWire
import Synchronization

/// Counts the connections of a door, and lets no more in than may be.
final class ConnectionQuota: Sendable {
    private struct State {
        var counters = ConnectionCounters()
        var perHost: [STUNAddress.Host: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let state = Mutex(State())

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    var counters: ConnectionCounters { state.withLock(\.counters) }

    func count(_ place: WritableKeyPath<ConnectionCounters, UInt64>) {
        state.withLock { $0.counters[keyPath: place] += 1 }
    }

    /// Whether one more of a host may come; `leave` gives its place back.
    func enter(_ host: STUNAddress.Host) -> Bool {
        state.withLock { state in
            let count = state.perHost[host, default: 0]
            guard state.counters.open < limits.connections, count < limits.connectionsPerAddress else {
                state.counters.refused += 1
                return false
            }
            state.counters.open += 1
            state.perHost[host] = count + 1
            return true
        }
    }

    func leave(_ host: STUNAddress.Host) {
        state.withLock { state in
            state.counters.open -= 1
            let count = state.perHost[host, default: 1] - 1
            state.perHost[host] = count > 0 ? count : nil
        }
    }
}
