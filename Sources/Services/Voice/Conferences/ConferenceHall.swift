import Platform
import Primitives
import Synchronization

/// The conferences that this node mixes.
final class ConferenceHall: Sendable {
    private let services: ConferenceServices
    private let nodeID: Identifier
    private let rooms = Mutex<[Identifier: Conference]>([:])

    init(_ services: ConferenceServices, nodeID: Identifier) {
        self.services = services
        self.nodeID = nodeID
    }

    /// Lets a call into the conference of its action, which begins if there is none.
    ///
    /// - Throws: `PlatformError` `conferences.elsewhere`; `DatabaseError`.
    func enter(_ seat: ConferenceSeat) async throws -> Conference {
        let name = seat.action.name
        let state = ConferenceParticipant.State(isMuted: seat.member.isMuted)
        while true {
            let id = try await EnterConference(services.context)(seat.call, name: name, state: state, nodeID: nodeID)
            let conference = room(id, name)
            if await conference.enter(seat) { return conference }
            // It ended at this moment.
            forget(conference)
        }
    }

    private func room(_ id: Identifier, _ name: String) -> Conference {
        rooms.withLock { rooms in
            if let room = rooms[id] { return room }
            let room = Conference(id, name: name, services: services) { [weak self] in self?.forget($0) }
            rooms[id] = room
            return room
        }
    }

    private func forget(_ ended: Conference) {
        rooms.withLock { if $0[ended.id] === ended { $0[ended.id] = nil } }
    }
}
