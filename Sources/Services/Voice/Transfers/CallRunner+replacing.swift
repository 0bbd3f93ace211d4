import MediaEngine
import Platform
import Primitives

/// A telephone that takes the place of another one in its conversation (INVITE with Replaces, RFC 3891).
extension CallRunner {
    /// Whom the call's telephone speaks with.
    nonisolated var partyName: String {
        if case .leg(_, .device) = origin { call.callerID } else { call.to }
    }

    /// Answers, and leaves the conversation of `old` to this call; or refuses it when there is none.
    func replace(_ old: CallRunner, at moment: Timestamp) async {
        let count = await old.transfers + 1
        guard count <= ReferralDesk.transferLimit else { return await refuseReplacing(403, at: moment) }
        guard let party = await old.pair(at: moment) else { return await refuseReplacing(481, at: moment) }
        await perform(.answer, at: moment)
        guard isUp, let own = media?.leg else { return }
        guard let leg = await party.join(call.id, insteadOf: old.call.id, transfers: count, at: moment) else {
            // Gone, or somebody else was quicker.
            return await perform(.hangUp(.normalClearing), at: moment)
        }
        join(party.call.id, transfers: count, at: moment)
        await party.quieten()
        leg.bridge(to: own)
        await note("transfer.replaced", Self.payload(old.call.id), at: moment)
        await party.note("transfer.connected", Self.payload(call.id), at: moment)
        await old.note("transfer.completed", Self.payload(call.id), at: moment)
        await old.depart()
    }

    private func refuseReplacing(_ status: Int, at moment: Timestamp) async {
        await perform(.refuse(status: status, .callRejected), at: moment)
    }
}
