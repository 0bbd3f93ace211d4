import Glibc

/// Wakes a thread that waits for sockets, once and for good.
final class StopSignal: Sendable {
    /// Has something to read, its end, once the signal was raised; -1 when the system had no descriptors left, which `poll` skips.
    let descriptor: Int32
    private let sender: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        _ = unsafe socketpair(AF_UNIX, type, 0, &ends)
        (descriptor, sender) = (ends[0], ends[1])
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if sender >= 0 { close(sender) }
    }

    /// Wakes whoever waits now or later.
    func raise() {
        if sender >= 0 { shutdown(sender, Int32(SHUT_WR)) }
    }
}
