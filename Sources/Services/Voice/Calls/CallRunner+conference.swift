import Logging
import MediaEngine
import Platform
import Primitives

/// A call in a conference.
extension CallRunner {
    /// The conference that a call is in.
    struct Membership {
        let conference: Conference
        let action: ConferenceAction
        var keys: ConferenceKeys?
    }

    func begin(_ action: ConferenceAction, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.conference", ["name": .string(action.name)], at: moment)
        guard let leg = media?.leg else { return inbox.put(.flow(.activityEnded(token))) }
        do {
            let seat = ConferenceSeat(
                call: call,
                leg: leg,
                action: action,
                routing: try await routing(),
                release: { [inbox] in inbox.put(.flow(.activityEnded(token))) },
                note: { [self] in await note($0, $1, at: services.context.clock.now()) }
            )
            let conference = try await services.conferences.enter(seat)
            membership = Membership(conference: conference, action: action, keys: ConferenceKeys(action))
        } catch {
            logger.error("a conference could not be entered", metadata: ["error": "\(error)"])
            let problem = (error as? PlatformError)?.message ?? "The conference could not be entered."
            await note("flow.conference_failed", ["problem": .string(problem)], at: moment)
            inbox.put(.flow(.activityEnded(token)))
        }
    }

    func leaveConference() async {
        guard let conference = membership?.conference else { return }
        membership = nil
        await conference.leave(call.id)
    }

    /// A key, if the conference collects them.
    func collect(_ key: Character) {
        guard let digits = membership?.keys?.press(key), let action = membership?.action,
            let url = action.digitsCallback
        else { return }
        meanwhile { [self] in await tell(.digitsCollected(digits, conference: action.name), at: url) }
    }
}
