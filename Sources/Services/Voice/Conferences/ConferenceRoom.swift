import Platform
import Primitives

/// A conference as a value: who is in it and who hears whom. News in, commands out; no clock and no I/O.
///
/// What each member hears follows from the whole: whether the room has begun, who is held, and whether anybody else is there.
/// After each event it is worked out anew, and only differences become commands.
struct ConferenceRoom: Sendable {
    struct Member: Sendable, Equatable {
        let id: Identifier
        var isMuted = false
        var isHeld = false
        /// Whether the room begins with this one.
        var startsRoom = true
        /// Whether the room ends with this one.
        var endsRoom = false
        /// Whether the others hear this one come and go.
        var beeps = false
        /// Whether the room is recorded because of this one.
        var records = false
    }

    enum Event: Sendable {
        /// Somebody comes; of more than `limit` only so many are let in.
        case enter(Member, limit: Int)
        /// Somebody has gone.
        case leave(Identifier)
        /// Somebody is sent away.
        case kick(Identifier)
        /// Somebody is heard no longer, or again.
        case mute(Identifier, Bool)
        /// Somebody is put aside, or taken back.
        case hold(Identifier, Bool)
        /// Everybody is sent away.
        case end
    }

    enum Command: Sendable, Equatable {
        /// The member hears its wait sound, and nobody hears it.
        case wait(Identifier)
        /// The member hears the others, and is heard unless it is muted.
        case mix(Identifier, isMuted: Bool)
        /// All in the mix hear a beep.
        case beep
        /// The room is recorded from now on, in the name of this member.
        case record(Identifier)
        /// Tell those who want to know, and the database; the member it is about.
        case tell(ConferenceAction.StatusEvent, Identifier?)
        /// The conference is over for a member: its call goes on without it.
        case release(Identifier)
        /// Nobody is left.
        case close
    }

    private enum Hearing: Equatable {
        case waiting
        case mixed(isMuted: Bool)
    }

    private(set) var members: [Member] = []
    private var hearing: [Identifier: Hearing] = [:]
    /// Those who came when the room was full: they wait until they hang up (facts section 9).
    private var surplus: Set<Identifier> = []
    private(set) var hasStarted = false
    private var isRecorded = false
    private(set) var isClosed = false

    /// How many take part.
    var count: Int { members.count - surplus.count }

    mutating func handle(_ event: Event) -> [Command] {
        guard !isClosed else { return [] }
        switch event {
        case .enter(let member, let limit): return enter(member, limit)
        case .leave(let id): return leave(id)
        case .kick(let id): return leave(id, isSentAway: true)
        case .mute(let id, let isMuted):
            guard let index = index(of: id), members[index].isMuted != isMuted else { return [] }
            members[index].isMuted = isMuted
            return arrange() + [.tell(isMuted ? .mute : .unmute, id)]
        case .hold(let id, let isHeld):
            guard let index = index(of: id), members[index].isHeld != isHeld else { return [] }
            members[index].isHeld = isHeld
            return arrange()
        case .end: return close()
        }
    }

    // MARK: Coming and going

    private mutating func enter(_ member: Member, _ limit: Int) -> [Command] {
        guard !contains(member.id) else { return [] }
        let isFull = count >= limit
        members.append(member)
        if isFull {
            surplus.insert(member.id)
            return arrange()
        }
        var commands: [Command] = [.tell(.join, member.id)]
        if !hasStarted, member.startsRoom {
            hasStarted = true
            commands.append(.tell(.start, nil))
        }
        commands += arrange()
        if member.beeps, hasStarted, count > 1 { commands.append(.beep) }
        if hasStarted { commands += startRecording() }
        return commands
    }

    /// A room that is to be recorded is so from when it begins.
    private mutating func startRecording() -> [Command] {
        guard !isRecorded, let member = members.first(where: { $0.records && !surplus.contains($0.id) }) else {
            return []
        }
        isRecorded = true
        return [.record(member.id)]
    }

    private mutating func leave(_ id: Identifier, isSentAway: Bool = false) -> [Command] {
        guard let index = index(of: id) else { return [] }
        let member = members.remove(at: index)
        hearing[id] = nil
        let release: [Command] = isSentAway ? [.release(id)] : []
        if surplus.remove(id) != nil { return release + (members.isEmpty ? close() : []) }
        let gone: [Command] = [.tell(.leave, id)] + release
        if member.endsRoom || count == 0 { return gone + close() }
        return gone + (member.beeps && hasStarted ? [.beep] : []) + arrange()
    }

    private mutating func close() -> [Command] {
        let rest = members
        isClosed = true
        members = []
        hearing = [:]
        let leaving = rest.filter { !surplus.contains($0.id) }.map { Command.tell(.leave, $0.id) }
        surplus = []
        // While they are there, they can be told.
        return leaving + [.tell(.end, nil)] + rest.map { .release($0.id) } + [.close]
    }

    // MARK: Who hears whom

    /// Those who can be heard by others: the room has begun, and nobody holds them.
    private func takesPart(_ member: Member) -> Bool {
        hasStarted && !member.isHeld && !surplus.contains(member.id)
    }

    private mutating func arrange() -> [Command] {
        let present = members.filter(takesPart)
        var commands: [Command] = []
        for member in members {
            // Alone, one would take the silence for a broken line.
            let isMixed = takesPart(member) && present.count > 1
            let wanted: Hearing = isMixed ? .mixed(isMuted: member.isMuted) : .waiting
            guard hearing[member.id] != wanted else { continue }
            hearing[member.id] = wanted
            switch wanted {
            case .waiting: commands.append(.wait(member.id))
            case .mixed(let isMuted): commands.append(.mix(member.id, isMuted: isMuted))
            }
        }
        return commands
    }

    func contains(_ id: Identifier) -> Bool { index(of: id) != nil }

    private func index(of id: Identifier) -> Int? { members.firstIndex { $0.id == id } }
}
