import CSockets
import Foundation
import Glibc
import RTPWire
import Synchronization

/// A thread that owns legs: one epoll over their sockets, a mailbox for commands, and a beat every 20 ms.
///
/// Unchecked: legs and buffers are touched on the thread alone; the mailbox is behind its lock.
@safe final class MediaThread: @unchecked Sendable {
    typealias Command = @Sendable (MediaThread) -> Void
    /// What to do with a leg; it has none when that is gone.
    typealias LegCommand = @Sendable (LegState?, MediaThread) -> Void

    static let batch = 16
    static let packetBytes = 1500
    /// 2,000 packets a second: 20 calls.
    private static let busyPacketsPerBeat = 40
    private static let wakeTag: UInt64 = .max
    private static let beatTag: UInt64 = .max - 1

    let silenceTimeoutNanoseconds: UInt64
    var legs: [LegState?] = []
    var freeSlots: [Int] = []
    /// The legs by their id.
    var residents: [Int: LegState] = [:]
    /// The rooms by their id.
    var rooms: [Int: RoomState] = [:]
    /// Commands for legs that are still on their way from another thread.
    var waiting: [Int: [LegCommand]] = [:]
    let poller: Int32
    private let waker: Int32
    private let beat: Int32
    private let mailbox = Mutex<(commands: [Command], isStopped: Bool)>(([], false))
    private var isBeating = false
    private(set) var mustStop = false
    /// Counts the rounds of the loop.
    private(set) var turn: UInt64 = 0
    var packetsSinceBeat = 0
    private var isBusy = false
    /// One allocation of everything a batch needs.
    let io: PacketBuffers

    init(silenceTimeout: Duration) throws(MediaError) {
        let (seconds, attoseconds) = silenceTimeout.components
        silenceTimeoutNanoseconds = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        waker = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        beat = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard poller >= 0, waker >= 0, beat >= 0 else { throw .system(errno) }
        io = PacketBuffers(count: Self.batch, byteCount: Self.packetBytes)
        watch(waker, tag: Self.wakeTag)
        watch(beat, tag: Self.beatTag)
    }

    /// Not at the end of the thread: who left the last message may be about to wake it.
    deinit {
        Glibc.close(poller)
        Glibc.close(waker)
        Glibc.close(beat)
    }

    /// Starts the thread; it keeps itself alive until `stop`.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "media"
        thread.start()
    }

    /// Runs a command on the thread; false when it has stopped.
    @discardableResult
    func perform(_ command: @escaping Command) -> Bool {
        let isAccepted = mailbox.withLock { box -> Bool in
            guard !box.isStopped else { return false }
            box.commands.append(command)
            return true
        }
        if isAccepted { wake() }
        return isAccepted
    }

    /// Closes every leg and ends the thread.
    func stop() {
        perform { $0.close() }
    }

    /// The beat runs only while somebody needs it.
    func startBeating() {
        guard !isBeating else { return }
        isBeating = true
        setBeat(nanoseconds: 20_000_000)
    }

    static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    // MARK: The loop

    private func run() {
        let capacity = 256
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        defer { unsafe events.deallocate() }
        while !mustStop {
            turn &+= 1
            let ready = unsafe epoll_wait(poller, events, Int32(capacity), -1)
            guard ready > 0 else { continue }
            for index in 0..<Int(ready) {
                let tag = unsafe events[index].data.u64
                switch tag {
                case Self.wakeTag: drainMailbox()
                case Self.beatTag: beatOnce()
                case let tag where tag & Self.connectionTag != 0: receiveConnection(tag)
                default:
                    let slot = Int(tag >> 1)
                    guard slot < legs.count, let leg = legs[slot] else { continue }
                    if tag & 1 == 0 { receiveRTP(leg, isBursting: leg.lastTurn &+ 1 == turn) } else { receiveRTCP(leg) }
                }
            }
            if isBusy { Self.gather() }
        }
    }

    /// Lets packets gather for a moment, as network cards do: with many calls a wake-up for each packet costs more than
    /// moving it. Nobody hears a millisecond.
    private static func gather() {
        var pause = timespec(tv_sec: 0, tv_nsec: 1_000_000)
        unsafe nanosleep(&pause, nil)
    }

    private func drainMailbox() {
        var count: UInt64 = 0
        _ = unsafe read(waker, &count, 8)
        for command in takeCommands() { command(self) }
        // Nothing may come after the last commands: somebody waits for each.
        while mustStop, case let rest = takeCommands(stopping: true), !rest.isEmpty {
            for command in rest { command(self) }
        }
    }

    private func takeCommands(stopping: Bool = false) -> [Command] {
        mailbox.withLock { box in
            defer { box.commands = [] }
            if stopping { box.isStopped = true }
            return box.commands
        }
    }

    private func close() {
        for slot in legs.indices { removeLeg(slot) }
        for room in rooms.values { room.close() }
        rooms = [:]
        mustStop = true
        abandonWaiting()
    }

    private func beatOnce() {
        var elapsed: UInt64 = 0
        guard unsafe read(beat, &elapsed, 8) == 8 else { return }
        isBusy = packetsSinceBeat > Self.busyPacketsPerBeat
        packetsSinceBeat = 0
        // After a stall, what came meanwhile is heard first, so that it is not late.
        if elapsed > 1 { catchUp() }
        // Read after that: nobody was heard in the future.
        let now = Self.now()
        // The frames that were missed are sent at once, up to a point: the peer's buffer sorts them out.
        var isNeeded = false
        for _ in 0..<min(elapsed, 10) { isNeeded = beatAll(now) }
        if !isNeeded {
            isBeating = false
            setBeat(nanoseconds: 0)
        }
    }

    private func catchUp() {
        for index in legs.indices {
            guard let leg = legs[index], leg.parameters != nil else { continue }
            receiveRTP(leg, isBursting: true)
        }
    }

    /// One beat for everybody; whether anybody needs another.
    private func beatAll(_ now: UInt64) -> Bool {
        var isNeeded = !rooms.isEmpty
        for leg in legs { leg?.jitter?.take() }
        for room in rooms.values { room.mix() }
        for index in legs.indices {
            guard let leg = legs[index], let parameters = leg.parameters else { continue }
            isNeeded = true
            beatLeg(leg, parameters, now)
        }
        return isNeeded
    }

    private func setBeat(nanoseconds: Int) {
        let interval = timespec(tv_sec: 0, tv_nsec: nanoseconds)
        var setting = itimerspec(it_interval: interval, it_value: interval)
        unsafe timerfd_settime(beat, 0, &setting, nil)
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe write(waker, &one, 8)
    }

    func watch(_ descriptor: Int32, tag: UInt64) {
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLIN.rawValue
        unsafe event.data.u64 = tag
        unsafe epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event)
    }
}
