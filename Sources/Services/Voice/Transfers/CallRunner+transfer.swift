import Logging
import MediaEngine
import Platform
import Primitives
import Sound

/// A party that is to be connected with somebody else: what is done at its call.
extension CallRunner {
    /// Calls the target, while the party hears music and then ringing.
    func keep(_ order: TransferOrder, at moment: Timestamp) async {
        // Both ends may have asked at once.
        guard partner == order.transferor, kept == nil, !desk.isBusy else {
            return order.report(.failed(status: 491))
        }
        kept = KeptParty(order: order)
        await note("transfer.started", ["target": .string(order.target.name)], at: moment)
        quieten()
        media?.leg.play(CallTones.holdMusic, loops: Self.musicRounds)
        let dial = DialAction(order.target.action, timeout: call.ringTimeout, timeLimit: dialling?.action.timeLimit)
        let (legs, refusal) = await place(order.target, dial, at: moment)
        guard !legs.isEmpty else { return await follow(.refused(status: refusal.status), at: moment) }
        await follow(.placed(legs.map(\.call.id)), at: moment)
        start(legs, whisper: [], transfers: transfers + 1)
    }

    /// Hears of somebody whom a transfer under way is about; false when there is none.
    func heardInTransfer(_ news: LegNews, of id: Identifier, at moment: Timestamp) async -> Bool {
        guard let kept else { return false }
        if id == kept.order.transferor {
            if case .ended = news { await follow(.transferorLeft, at: moment) }
            return true
        }
        guard kept.transfer.legs.contains(id) else { return false }
        switch news {
        case .ringing: await follow(.ringing(id), at: moment)
        case .earlyMedia(let sound):
            self.kept?.media[id] = sound
            await follow(.earlyMedia(id), at: moment)
        case .ready(let sound):
            self.kept?.media[id] = sound
            await follow(.ready(id), at: moment)
        case .ended(let cause): await follow(.ended(id, cause), at: moment)
        }
        return true
    }

    /// Gives up a transfer under way: the party does something else, or is gone.
    func leaveTransfer(at moment: Timestamp) async {
        guard kept != nil else { return }
        await follow(.partyLeft, at: moment)
        kept = nil
        quieten()
        await note("transfer.failed", Self.payload(487), at: moment)
    }

    private func follow(_ event: BlindTransfer.Event, at moment: Timestamp) async {
        for command in kept?.transfer.handle(event) ?? [] { await carryOut(command, at: moment) }
    }

    private func carryOut(_ command: BlindTransfer.Command, at moment: Timestamp) async {
        switch command {
        case .report(let news):
            kept?.order.report(news)
            if case .completed = news { kept = nil }
        case .ringBack:
            media?.leg.stopPlaying()
            media?.leg.play(CallTones.ringBack, loops: 1000)
        case .hear(let id):
            media?.leg.stopPlaying()
            if let other = kept?.media[id] { media?.leg.bridge(to: other.leg) }
        case .connect(let id): await complete(with: id, at: moment)
        case .giveUp(let id): services.calls[id]?.hangUp(.originatorCancel)
        case .restore:
            guard let leg = kept?.order.leg else { return }
            kept = nil
            await note("transfer.taken_back", at: moment)
            quieten()
            media?.leg.bridge(to: leg)
        case .part:
            guard let transferor = kept?.order.transferor else { return }
            kept = nil
            // What has been waiting to be heard.
            await hear(.ended(.normalClearing), of: transferor, at: moment)
        }
    }

    /// The leg takes the transferor's place: from now on it is as if this call had dialled it.
    private func complete(with id: Identifier, at moment: Timestamp) async {
        guard let kept, let group = kept.transfer.group, let other = kept.media[id] else { return }
        let before = dialling
        dialling = Dialling(
            action: before?.action ?? DialAction(kept.order.target.action),
            token: before?.token,
            group: group,
            media: kept.media,
            connectedAt: before?.connectedAt ?? moment
        )
        transfers += 1
        await note("transfer.connected", Self.payload(id), at: moment)
        quieten()
        media?.leg.bridge(to: other.leg)
    }

    /// Music until it rings: an hour of it at least.
    private static let musicRounds = 1000
}
