import Platform
import Primitives

/// Conferences as this dialect shows them.
enum ConferenceResponses {
    /// A page; the cursor is the last conference's id.
    static func page(_ conferences: [Conference], hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? conferences.last?.id.conferenceID : nil
        return ["data": .array(conferences.map { .object(members($0)) }), "next_cursor": JSONValue(cursor)]
    }

    static func one(_ conference: Conference, _ participants: [ConferenceParticipant]) -> JSONValue {
        .object(members(conference) + [JSONMember("participants", .array(participants.map(participant)))])
    }

    private static func members(_ conference: Conference) -> [JSONMember] {
        [
            JSONMember("id", .string(conference.id.conferenceID)), JSONMember("name", .string(conference.name)),
            JSONMember("status", .string(conference.status)),
            JSONMember("participant_count", .integer(conference.participantCount)),
            JSONMember("created_at", JSONValue(conference.createdAt)),
            JSONMember("started_at", JSONValue(conference.startedAt)),
            JSONMember("ended_at", JSONValue(conference.endedAt)),
        ]
    }

    private static func participant(_ participant: ConferenceParticipant) -> JSONValue {
        [
            "call_id": .string(participant.callID.callID), "number": .string(participant.number),
            "muted": .bool(participant.state.isMuted), "held": .bool(participant.state.isHeld),
            "joined_at": JSONValue(participant.joinedAt), "left_at": JSONValue(participant.leftAt),
        ]
    }
}

extension Identifier {
    /// `conf_` and 26 digits.
    var conferenceID: String { rendered(prefix: "conf") }
}
