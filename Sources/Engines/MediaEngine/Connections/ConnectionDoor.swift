import CSockets
import Foundation
import Glibc
import STUNWire
import Synchronization

/// One port for the TCP connections of all legs, on a thread of its own: a connection waits here until its first packet tells whose it
/// is, and goes to that leg's media thread then.
///
/// Unchecked: what waits is touched on the thread alone.
@safe package final class ConnectionDoor: @unchecked Sendable {
    /// Finds the leg that a first packet is for; nil for one that is for none.
    package typealias Finder = @Sendable (ArraySlice<UInt8>) -> MediaLeg?

    private static let listenTag = UInt64.max
    private static let wakeTag = UInt64.max - 1
    private static let batch = 64
    /// How often it is looked for those who are late, in milliseconds.
    private static let patience: Int32 = 250
    /// How long nobody is let in after the system had no room for one more, in nanoseconds.
    private static let pause: UInt64 = 1_000_000_000

    /// The port that is listened on.
    package let port: Int
    private let limits: ConnectionLimits
    private let quota: ConnectionQuota
    private let find: Finder
    private let listener: Int32
    private let poller: Int32
    private let waker: Int32
    private let isStopped = Atomic<Bool>(false)
    private var waiting: [Int32: NewConnection] = [:]
    private var pauseEnd: UInt64?

    /// Listens.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address.
    ///   - port: 0 is any free one.
    ///   - find: called on the door's thread.
    /// - Throws: `MediaError.system`.
    package init(
        host: String,
        port: Int,
        limits: ConnectionLimits = ConnectionLimits(),
        find: @escaping Finder
    ) throws(MediaError) {
        guard let address = UDPSocket.host(host) else { throw .system(EINVAL) }
        self.limits = limits
        self.find = find
        quota = ConnectionQuota(limits)
        (listener, self.port) = try TCPSocket.listen(address, port)
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        waker = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard poller >= 0, waker >= 0 else { throw .system(errno) }
        watch(listener, Self.listenTag)
        watch(waker, Self.wakeTag)
        let thread = Thread { self.run() }
        thread.name = "door"
        thread.start()
    }

    deinit {
        for descriptor in [listener, poller, waker] where descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// What came of all connections.
    package var counters: ConnectionCounters { quota.counters }

    /// Lets nobody in any more; connections that have a leg stay.
    package func shutDown() {
        isStopped.store(true, ordering: .releasing)
        var one: UInt64 = 1
        _ = unsafe write(waker, &one, 8)
    }

    // MARK: The thread

    private func run() {
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Self.batch)
        defer { unsafe events.deallocate() }
        while !isStopped.load(ordering: .acquiring) {
            let limit = waiting.isEmpty && pauseEnd == nil ? -1 : Self.patience
            let ready = unsafe epoll_wait(poller, events, Int32(Self.batch), limit)
            for index in 0..<Int(max(0, ready)) {
                let tag = unsafe events[index].data.u64
                switch tag {
                case Self.wakeTag: break
                case Self.listenTag: acceptAll()
                default: if let connection = waiting[Int32(truncatingIfNeeded: tag)] { read(connection) }
                }
            }
            expire(at: MediaThread.now())
        }
        for connection in waiting.values { drop(connection) }
    }

    private func acceptAll() {
        for _ in 0..<Self.batch {
            guard let (descriptor, remote) = TCPSocket.accept(listener) else {
                if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM { rest() }
                return
            }
            guard quota.enter(remote.host) else {
                Glibc.close(descriptor)
                continue
            }
            let deadline = MediaThread.now() + UInt64(limits.firstPacket / .nanoseconds(1))
            waiting[descriptor] = NewConnection(descriptor, from: remote, until: deadline)
            watch(descriptor, UInt64(descriptor))
        }
    }

    private func read(_ connection: NewConnection) {
        switch connection.read() {
        case .waits: break
        case .over:
            quota.count(\.silent)
            drop(connection)
        case .whole: hand(connection)
        }
    }

    private func hand(_ connection: NewConnection) {
        guard let leg = find(connection.packet) else {
            quota.count(\.strange)
            return drop(connection)
        }
        waiting[connection.descriptor] = nil
        epoll_ctl(poller, EPOLL_CTL_DEL, connection.descriptor, nil)
        quota.count(\.taken)
        let (quota, remote) = (quota, connection.remote)
        leg.adopt(
            PacketConnection(connection.descriptor, from: remote, beginning: connection.bytes) {
                quota.leave(remote.host)
            }
        )
    }

    private func drop(_ connection: NewConnection) {
        waiting[connection.descriptor] = nil
        Glibc.close(connection.descriptor)
        quota.leave(connection.remote.host)
    }

    private func expire(at now: UInt64) {
        for connection in waiting.values where now >= connection.deadline {
            quota.count(\.silent)
            drop(connection)
        }
        guard let end = pauseEnd, now >= end else { return }
        pauseEnd = nil
        watch(listener, Self.listenTag)
    }

    /// Without room for one more there would be news of it without end.
    private func rest() {
        epoll_ctl(poller, EPOLL_CTL_DEL, listener, nil)
        pauseEnd = MediaThread.now() + Self.pause
    }

    private func watch(_ descriptor: Int32, _ tag: UInt64) {
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLIN.rawValue
        unsafe event.data.u64 = tag
        unsafe epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event)
    }
}
