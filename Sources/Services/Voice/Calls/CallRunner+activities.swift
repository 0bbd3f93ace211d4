import MediaEngine
import Platform
import Primitives

/// What a call does for longer, besides dialling.
extension CallRunner {
    func begin(_ activity: FlowActivity, _ token: FlowToken, at moment: Timestamp) async {
        switch activity {
        case .dial(let dial): await begin(dial, token, at: moment)
        case .conference(let conference): await begin(conference, token, at: moment)
        case .record(let record): await begin(record, token, at: moment)
        case .stream(let stream): await begin(stream, token, at: moment)
        }
    }

    /// Ends what the flow has begun, because something else takes its place.
    func stopActivity(_ token: FlowToken) async {
        silence()
        stopStream(token)
        giveUpLegs()
        await leaveConference()
        await abandonRecord()
    }
}
