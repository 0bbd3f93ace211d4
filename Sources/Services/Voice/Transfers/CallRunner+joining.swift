import MediaEngine
import Platform
import Primitives

/// Two calls of which neither has dialled the other: each is told when the other is over, and then goes on as if whom it had
/// dialled had hung up.
///
/// A call and its leg become such a pair before one of them is transferred: from then on whoever remains is treated alike,
/// whether it called or was called. What other runners ask for here is done at once, without waiting for signals, so that no two of
/// them can have the same party.
extension CallRunner {
    /// The call at the other side of the conversation; nil when nobody is connected.
    var partner: Identifier? {
        guard isUp else { return nil }
        if let dialling { return dialling.group.winner }
        return parent == nil ? nil : call.parentID
    }

    /// Makes this call and its partner a pair.
    ///
    /// - Returns: the partner; nil when there is none, or it is being transferred.
    func pair(at moment: Timestamp) async -> CallRunner? {
        guard let id = partner, let other = services.calls[id],
            await other.join(call.id, insteadOf: call.id, transfers: transfers, at: moment) != nil,
            join(id, insteadOf: id, transfers: transfers, at: moment) != nil
        else { return nil }
        return other
    }

    /// Takes another call as the partner. The media are connected by whoever asks.
    ///
    /// - Parameters:
    ///   - old: the partner so far.
    ///   - transfers: how often the conversation has been handed over.
    /// - Returns: the call's media; nil when it has another partner, or is being transferred.
    func join(
        _ other: Identifier,
        insteadOf old: Identifier,
        transfers: Int,
        at moment: Timestamp
    ) -> MediaLeg? {
        guard partner == old, kept == nil, let leg = media?.leg else { return nil }
        join(other, transfers: transfers, at: moment)
        return leg
    }

    /// Takes another call as the partner, whoever was that before.
    func join(_ other: Identifier, transfers: Int, at moment: Timestamp) {
        dialling = Dialling(
            action: dialling?.action ?? DialAction(.numbers([call.remote])),
            token: dialling?.token,
            group: DialGroup(connectedTo: other),
            connectedAt: dialling?.connectedAt ?? moment,
            isJoined: true
        )
        parent = nil
        self.transfers = transfers
    }

    /// Lets the party hear nobody, and nothing.
    func quieten() {
        media?.leg.unbridge()
        media?.leg.stopPlaying()
    }

    /// Leaves the conversation, which goes on without this call: it is over soon.
    ///
    /// - Parameter wait: how long the telephone has to hang up by itself.
    func depart(after wait: Duration = .zero) {
        (dialling, parent) = (nil, nil)
        media?.leg.unbridge()
        if wait > .zero { after(wait, .hangUp(.normalClearing)) } else { inbox.put(.hangUp(.normalClearing)) }
    }

    /// Leaves the conversation because something else takes its place here; for the others it is as if this call had hung up.
    func leaveConversation() async {
        await leaveTransfer(at: services.context.clock.now())
        // Whatever becomes of what its telephone has asked for, it is not to hang up for that any more.
        _ = desk.finish()
        if parent != nil {
            tellParent(.ended(.normalClearing))
            parent = nil
            media?.leg.unbridge()
        }
        // What the flow has dialled, it stops itself.
        guard let dialling, dialling.token == nil || dialling.isJoined else { return }
        giveUpLegs()
        self.dialling = nil
        quieten()
    }
}
