import Platform
import Primitives

/// What a call does for longer, besides dialling.
extension CallRunner {
    func begin(_ activity: FlowActivity, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.unsupported", ["verb": .string(activity.verb)], at: moment)
        inbox.put(.flow(.activityEnded(token)))
    }

    /// Ends what the flow has begun, because something else takes its place.
    func stopActivity() {
        silence()
        giveUpLegs()
    }
}

extension FlowActivity {
    var verb: String {
        switch self {
        case .dial: "dial"
        case .record: "record"
        case .conference: "conference"
        case .stream: "stream"
        }
    }
}
