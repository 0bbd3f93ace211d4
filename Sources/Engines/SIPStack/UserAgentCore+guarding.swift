import Logging
import NIOCore
import SIPWire
import Synchronization

/// Who is listened to, before anything is remembered of a request.
extension UserAgentCore {
    /// Whether a request is looked at. One that is not was counted, and answered if that helps.
    func admits(_ request: SIPRequest, from origin: SIPDestination) -> Bool {
        switch request.method {
        // Nothing is remembered of it, and nothing answered.
        case .ack: return true
        case .cancel where transactions.invite(canceledBy: request) != nil: return true
        default: break
        }
        let trunk = origin.flow.address.ipAddress.flatMap { lanes.lane(of: $0) }
        // What is about a call that is up goes on, whatever its source has done; at a pace.
        if let session = session(of: request) {
            return session.admits(request) || putOff(request, from: origin, of: trunk)
        }
        // A repetition of what ended its call.
        if request.headers.to?.tag != nil, transactions.knows(request) { return true }
        if let trunk { return admits(request, from: origin, of: trunk) }
        return admitsStranger(request, from: origin)
    }

    private func admitsStranger(_ request: SIPRequest, from origin: SIPDestination) -> Bool {
        switch sources.admit(SourceName.of(origin.flow.address), at: uptime) {
        case .admitted: return true
        case .banned: counters.banned.add(1, ordering: .relaxed)
        case .throttled:
            counters.throttled.add(1, ordering: .relaxed)
            // Over UDP the request comes again, and an answer would only add to the flood.
            if origin.transport.isReliable { refuse(request, to: origin) }
        }
        return false
    }

    private func admits(_ request: SIPRequest, from origin: SIPDestination, of trunk: TrunkLane) -> Bool {
        let claim = request.headers[.authorization].flatMap { DigestCredentials($0)?.username }
        switch trunks.admit(trunk, claiming: claim, at: uptime) {
        case .admitted: return true
        case .refused:
            counters.banned.add(1, ordering: .relaxed)
            counters.refused(trunk, .password)
        case .throttled(let isNews):
            counters.throttled.add(1, ordering: .relaxed)
            counters.refused(trunk, .rate)
            if isNews {
                logger.warning("a trunk sends too many requests", metadata: ["trunk": "\(trunk.name)"])
            }
            // A carrier that is told so sends its call elsewhere at once.
            refuse(request, to: origin)
        }
        return false
    }

    /// A peer that sends without end within a call is told to wait, where that is not one more datagram for it to answer.
    private func putOff(_ request: SIPRequest, from origin: SIPDestination, of trunk: TrunkLane?) -> Bool {
        counters.throttled.add(1, ordering: .relaxed)
        if let trunk { counters.refused(trunk, .call) }
        if origin.transport.isReliable { refuse(request, to: origin) }
        return false
    }

    /// Notes that a source has shown a wrong password for an account.
    func blame(_ flow: SIPFlow, claiming account: String) {
        counters.wrongPasswords.add(1, ordering: .relaxed)
        if let trunk = lanes.lane(of: flow.address) {
            guard trunks.blame(trunk, claiming: account, at: uptime) else { return }
            logger.warning(
                "an account is guessed at from where a trunk is, and is not looked at from there",
                metadata: ["trunk": "\(trunk.name)", "source": "\(flow.address)"]
            )
        } else {
            guard sources.blame(SourceName.of(flow.destination.address), at: uptime) else { return }
            logger.warning("a source of wrong passwords is banned", metadata: ["source": "\(flow.address)"])
        }
        counters.bans.add(1, ordering: .relaxed)
    }
}
