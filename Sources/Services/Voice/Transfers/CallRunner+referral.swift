import Logging
import MediaEngine
import Platform
import Primitives
import SIPStack
import SIPWire

/// A telephone that wants its party to be connected with somebody else (REFER, RFC 3515): what is done at its own call.
///
/// Only telephones of the workspace are heard. A carrier's REFER is declined by the stack: it would have the customer pay for
/// calls that the customer has not asked for.
extension CallRunner {
    /// Lets REFERs of the call's telephone come in. Set before the answer goes out, so that none can be earlier.
    func takeReferrals(_ session: SIPSession) {
        services.calls.own(session, by: call.id)
        session.takeReferrals { [inbox] in inbox.put(.referred($0)) }
    }

    /// Whether a telephone of the workspace is at the other end.
    nonisolated var isDevice: Bool {
        switch origin {
        case .device, .leg(_, .device), .replacing: true
        case .placed, .leg, .offered: false
        }
    }

    func take(_ referral: Referral, at moment: Timestamp) async {
        let payload: JSONValue = [
            "target": .string(referral.target.user ?? referral.target.host),
            "is_attended": .bool(referral.replaces != nil),
        ]
        await note("transfer.requested", payload, at: moment)
        // Who is being transferred by the other side cannot transfer that at the same time.
        if let status = kept == nil ? desk.take(after: transfers) : 491 {
            referral.reject(status: status)
            return await note("transfer.failed", Self.payload(status), at: moment)
        }
        guard let party = await pair(at: moment), let leg = media?.leg else {
            referral.reject()
            return await settle(.failed(status: 603), at: moment)
        }
        referral.accept()
        self.referral = referral
        let report: @Sendable (TransferNews) -> Void = { [inbox] news in
            // Not by way of this call: it may be over, and its telephone still be told (RFC 5057 section 4).
            referral.progress(status: news.status)
            inbox.put(.transfer(news))
        }
        if let replaces = referral.replaces {
            report(await attend(replaces, party, at: moment))
        } else if let target = Callee(referral.target) {
            party.inbox.put(.keep(TransferOrder(target: target, transferor: call.id, leg: leg, report: report)))
        } else {
            report(.failed(status: 404))
        }
    }

    /// Hears how a transfer goes that the telephone has asked for.
    func hear(_ news: TransferNews, at moment: Timestamp) async {
        if case .progressed = news { return }
        await settle(news, at: moment)
    }

    private func settle(_ news: TransferNews, at moment: Timestamp) async {
        guard desk.finish() else { return }
        referral = nil
        switch news {
        case .progressed: break
        case .failed(let status): await note("transfer.failed", Self.payload(status), at: moment)
        case .completed(let id):
            await note("transfer.completed", Self.payload(id), at: moment)
            depart(after: services.configuration.transferGrace)
        }
    }

    /// The party of this call is over, and so is what was to become of it.
    func loseParty(at moment: Timestamp) async {
        referral?.progress(status: 487)
        await settle(.failed(status: 487), at: moment)
    }

    // MARK: Attended

    /// Connects the party of this call with that of another one of the same workspace (RFC 5589 section 7).
    private func attend(_ replaces: Replaces, _ party: CallRunner, at moment: Timestamp) async -> TransferNews {
        guard let session = await services.agent.session(named: replaces),
            let other = services.calls.runner(of: session), other !== self, other.isDevice,
            other.call.workspaceID == call.workspaceID
        else { return .failed(status: 481) }
        guard !replaces.isEarlyOnly else { return .failed(status: 486) }
        guard party !== other, let target = await other.pair(at: moment), target !== self else {
            return .failed(status: 481)
        }
        let count = max(transfers, await other.transfers) + 1
        guard count <= ReferralDesk.transferLimit else { return .failed(status: 403) }
        guard let leg = await party.join(target.call.id, insteadOf: call.id, transfers: count, at: moment) else {
            return .failed(status: 480)
        }
        guard let its = await target.join(party.call.id, insteadOf: other.call.id, transfers: count, at: moment) else {
            // Gone at this very moment: as before.
            _ = await party.join(call.id, insteadOf: target.call.id, transfers: transfers, at: moment)
            return .failed(status: 480)
        }
        await party.quieten()
        await target.quieten()
        leg.bridge(to: its)
        await party.note("transfer.connected", Self.payload(target.call.id), at: moment)
        await target.note("transfer.connected", Self.payload(party.call.id), at: moment)
        await other.note("transfer.completed", Self.payload(party.call.id), at: moment)
        await other.depart()
        return .completed(target.call.id)
    }

    static func payload(_ status: Int) -> JSONValue { ["status": .integer(Int64(status))] }

    static func payload(_ id: Identifier) -> JSONValue { ["call_id": .string(id.rendered(prefix: "call"))] }
}
