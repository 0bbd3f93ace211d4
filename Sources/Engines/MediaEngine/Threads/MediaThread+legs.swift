import CSockets
import Glibc

/// Legs come, go, and move to other threads.
extension MediaThread {
    /// Takes a new leg.
    func add(_ leg: LegState) {
        leg.slot = freeSlots.popLast() ?? legs.count
        if leg.slot == legs.count { legs.append(leg) } else { legs[leg.slot] = leg }
        residents[leg.id] = leg
        watch(leg.rtp, tag: UInt64(leg.slot) << 1)
        watch(leg.rtcp, tag: UInt64(leg.slot) << 1 | 1)
        watchConnections(of: leg)
        if leg.parameters != nil { startBeating() }
    }

    /// Closes a leg.
    func removeLeg(_ slot: Int) {
        guard legs.indices.contains(slot), let leg = legs[slot] else { return }
        forget(leg)
        leg.stopRecordings()
        for tap in leg.taps { tap.close() }
        leg.closeSockets()
    }

    /// Does something with a leg, once it is here.
    func run(_ command: @escaping LegCommand, on id: Int) {
        if let leg = residents[id] {
            command(leg, self)
        } else if mustStop {
            command(nil, self)
        } else {
            waiting[id, default: []].append(command)
        }
    }

    /// Sends a leg to another thread. What it was connected to here, it is no longer.
    func send(_ leg: LegState?, _ id: Int, to other: MediaThread) {
        guard let leg else {
            other.perform { $0.abandon(id) }
            return
        }
        forget(leg)
        let open = leg.connections.filter(\.isOpen).map(\.descriptor)
        for descriptor in [leg.rtp, leg.rtcp] + open { _ = epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, nil) }
        if !other.perform({ $0.receive(leg) }) { leg.closeSockets() }
    }

    /// Connects two legs, both ways.
    func link(_ one: LegState, _ other: LegState) {
        disconnect(one)
        disconnect(other)
        one.bridge = other.slot
        other.bridge = one.slot
        chooseOverheard(one)
        chooseOverheard(other)
    }

    /// Takes a leg out of whatever it is in.
    func disconnect(_ leg: LegState) {
        unlink(leg)
        leg.room?.leave(leg)
    }

    /// Ends the bridge of a leg.
    func unlink(_ leg: LegState) {
        guard leg.bridge >= 0 else { return }
        forgetTranscoding(leg)
        let partner = legs[leg.bridge]
        leg.bridge = -1
        partner?.bridge = -1
        chooseOverheard(leg)
        if let partner { chooseOverheard(partner) }
    }

    /// Tells those who wait for legs that these will not come.
    func abandonWaiting() {
        for id in Array(waiting.keys) { abandon(id) }
    }

    private func forget(_ leg: LegState) {
        disconnect(leg)
        legs[leg.slot] = nil
        residents[leg.id] = nil
        freeSlots.append(leg.slot)
    }

    private func receive(_ leg: LegState) {
        if mustStop {
            leg.closeSockets()
            return abandon(leg.id)
        }
        add(leg)
        var commands = waiting.removeValue(forKey: leg.id) ?? []
        while !commands.isEmpty, residents[leg.id] != nil { commands.removeFirst()(leg, self) }
        // One of them sent it on; the rest wait for its return.
        if !commands.isEmpty { waiting[leg.id] = commands }
    }

    private func abandon(_ id: Int) {
        for command in waiting.removeValue(forKey: id) ?? [] { command(nil, self) }
    }
}
