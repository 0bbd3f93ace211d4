/// A room as its media thread sees it: who is in, and what is heard in this beat.
///
/// The voices are added up once. Who speaks gets that sum without its own voice; all others get the same frame, encoded once
/// for each law. So a beat costs as much as there are talkers, and a copy for each listener.
final class RoomState {
    /// More voices at a time are noise; the loudest are heard.
    private static let mostTalkers = 8

    let id: Int
    private let onEvent: @Sendable (RoomEvent) -> Void
    private(set) var members: [RoomMember] = []
    /// What is played to all.
    var player = Player()
    /// What a party hears that is alone, or held.
    private var waiting = Player()
    private(set) var hasWaitSound = false
    var recorder: Recorder?

    private var talkers: [Int] = []
    private var sum = [Int32](repeating: 0, count: 160)
    private var played = [Int16](repeating: 0, count: 160)
    private var common = MixedFrame()
    private var wait = MixedFrame()

    init(id: Int, onEvent: @escaping @Sendable (RoomEvent) -> Void) {
        self.id = id
        self.onEvent = onEvent
        talkers.reserveCapacity(Self.mostTalkers)
    }

    // MARK: Members

    func join(_ leg: LegState, _ handle: MediaLeg, isMuted: Bool) {
        leg.isMutedInRoom = isMuted
        guard leg.room !== self else { return }
        leg.room = self
        leg.chooseJitter()
        members.append(RoomMember(leg: leg, handle: handle))
    }

    func leave(_ leg: LegState) {
        guard leg.room === self, let place = members.firstIndex(where: { $0.leg === leg }) else { return }
        leg.room = nil
        leg.isMixed = false
        leg.isMutedInRoom = false
        leg.chooseJitter()
        let member = members.remove(at: place)
        if member.isTalking { onEvent(.talkStopped(member.handle)) }
    }

    /// Lets everybody go.
    func close() {
        for member in members { leave(member.leg) }
        stopPlaying()
        stopRecording { _ in }
    }

    // MARK: Sound

    func setWaitSound(_ sound: Sound?) {
        _ = waiting.stop()
        if let sound { waiting.add(sound, loops: .max, id: 0) }
        hasWaitSound = sound != nil
    }

    func stopPlaying() {
        for id in player.stop() { onEvent(.playFinished(id: id)) }
    }

    /// Completes the recording; false when there is none.
    @discardableResult
    func stopRecording(_ done: @escaping @Sendable (RecordingSummary) -> Void) -> Bool {
        guard var recorder else { return false }
        self.recorder = nil
        recorder.finish(done)
        return true
    }

    /// Adds up what is heard in the next 20 ms.
    func mix() {
        chooseTalkers()
        let ended = unsafe played.withUnsafeMutableBufferPointer { unsafe player.fill($0) }
        for index in 0..<160 { sum[index] = Int32(played[index]) }
        for place in talkers {
            members[place].leg.isMixed = true
            guard let frame = members[place].leg.jitter?.frame else { continue }
            for index in 0..<160 { sum[index] &+= Int32(frame[index]) }
        }
        common.fill { samples in
            for index in 0..<160 { samples[index] = SoftLimiter.limit(sum[index]) }
        }
        if hasWaitSound {
            wait.fill { samples in
                _ = unsafe samples.withUnsafeMutableBufferPointer { unsafe waiting.fill($0) }
            }
        }
        unsafe common.samples.withUnsafeBufferPointer { unsafe recorder?.say($0) }
        if recorder?.advance() == true { onEvent(.recordingLimitReached) }
        if let ended { onEvent(.playFinished(id: ended)) }
    }

    /// Whether a leg hears what those hear who wait, instead of the voices.
    func isWaiting(_ leg: LegState) -> Bool {
        hasWaitSound && (leg.isHeld || (members.count == 1 && player.isIdle))
    }

    /// What a leg hears that does not speak, in its law.
    func encoded(_ law: CompandingLaw, isWaiting: Bool) -> [UInt8] {
        isWaiting ? wait.encoded(law) : common.encoded(law)
    }

    /// The same as samples.
    func samples(isWaiting: Bool) -> [Int16] {
        isWaiting ? wait.samples : common.samples
    }

    /// What a leg hears that speaks: all but itself.
    func hear(without leg: LegState, in frame: UnsafeMutableBufferPointer<Int16>) {
        guard let own = leg.jitter?.frame else { return }
        for index in 0..<160 { unsafe frame[index] = SoftLimiter.limit(sum[index] &- Int32(own[index])) }
    }

    private func chooseTalkers() {
        talkers.removeAll(keepingCapacity: true)
        for place in members.indices {
            members[place].leg.isMixed = false
            if members[place].listen() {
                let handle = members[place].handle
                onEvent(members[place].isTalking ? .talkStarted(handle) : .talkStopped(handle))
            }
            if members[place].isTalking { add(place) }
        }
    }

    private func add(_ place: Int) {
        if talkers.count < Self.mostTalkers { return talkers.append(place) }
        var softest = 0
        for index in talkers.indices where members[talkers[index]].level < members[talkers[softest]].level {
            softest = index
        }
        if members[talkers[softest]].level < members[place].level { talkers[softest] = place }
    }
}
