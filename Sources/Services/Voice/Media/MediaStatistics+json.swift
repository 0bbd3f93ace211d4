import MediaEngine
import Platform

extension MediaStatistics {
    /// For the timeline: packets, milliseconds, percent, and the score to two places.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember("packets_sent", .integer(Int64(sent))),
            JSONMember("packets_received", .integer(Int64(received))),
            JSONMember("packets_lost", .integer(Int64(lost))),
            JSONMember("packets_dropped", .integer(Int64(dropped))),
            JSONMember("packets_from_strangers", .integer(Int64(foreign))),
            JSONMember("jitter_ms", .double(Self.milliseconds(jitter))),
        ]
        if let roundTrip { members.append(JSONMember("round_trip_ms", .double(Self.milliseconds(roundTrip)))) }
        if let remoteLossPercent {
            members.append(JSONMember("remote_loss_percent", .double((remoteLossPercent * 10).rounded() / 10)))
        }
        members.append(JSONMember("mos", .double((meanOpinionScore * 100).rounded() / 100)))
        return .object(members)
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return (Double(seconds) * 1e4 + Double(attoseconds) / 1e14).rounded() / 10
    }
}
