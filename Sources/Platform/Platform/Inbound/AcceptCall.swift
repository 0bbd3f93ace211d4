import Database
import Ledger
package import Primitives

/// Takes a call that a trunk sends: finds the number and its owner, and writes the call down, in one transaction.
package struct AcceptCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Decides on a call. What is refused after its owner is known is a call of theirs, too, so that they see what they miss.
    ///
    /// - Parameter nodeID: the voice node that has the call.
    /// - Throws: `DatabaseError`; CryptoKit's error when the master key is not the one that secrets were stored with.
    package func callAsFunction(_ invitation: InboundInvitation, nodeID: Identifier) async throws -> InboundVerdict {
        let now = context.clock.now()
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        return try await context.database.write(isolation: .readCommitted) { tx in
            let trunks = try TrunkTable.all(context.secrets, in: tx)
            let invitation = try Self.placed(invitation, in: tx)
            guard let trunk = Self.sender(of: invitation, trunks) else {
                return trunks.contains { $0.asksForProof(of: invitation) } ? .challenge : .refuse(.unknownTrunk, nil)
            }
            guard let number = try number(invitation.to, over: trunk, in: tx), let owner = number.workspaceID else {
                return .refuse(.unknownNumber, nil)
            }
            let workspace = try WorkspaceTable.takeTurn(owner, in: tx)
            let context = context.onClock(of: workspace)
            let prices = try context.prices.history(in: tx).list(at: context.clock.now())
            let call = call(
                invitation,
                to: number,
                of: workspace,
                id: id,
                sessionID: sessionID,
                nodeID: nodeID,
                ratePerMinuteMinor: prices.inboundPerMinuteMinor,
                at: context.clock.now()
            )
            let refused = try refusal(of: call, to: number, workspace, in: tx)
            try CallTable.insert(call, in: tx)
            try CallEvents(context).emit(.started, of: call, from: number, at: call.createdAt, in: tx)
            if let (refusal, grounds) = refused {
                try TimelineTable.append(
                    "call.refused",
                    ["reason": .string(grounds.rawValue), "status": .integer(Int64(refusal.sipStatus))],
                    to: call.id,
                    at: call.createdAt,
                    id: context.ids.next(),
                    in: tx
                )
                let ending = CallEnding(cause: refusal.cause, endedAt: now, sipStatus: refusal.sipStatus)
                return .refuse(refusal, try SettleCall(self.context).settle(call, ending, in: tx))
            }
            return .run(call, try CallRouting.read(of: number, context.secrets, in: tx))
        }
    }

    /// With the trunk that we have registered with, when it calls our contact from where it is.
    private static func placed(_ invitation: InboundInvitation, in tx: SQLTransaction) throws -> InboundInvitation {
        guard let contact = invitation.contact,
            let registration = try TrunkRegistrationTable.find(token: contact, in: tx),
            let address = registration.address.flatMap({ IPAddress(parsing: $0) }), address == invitation.source
        else { return invitation }
        var placed = invitation
        placed.registeredTrunk = registration.trunkID
        return placed
    }

    /// The trunk whose call it is: the one that has proven it before those that are only near.
    private static func sender(of invitation: InboundInvitation, _ trunks: [Trunk]) -> Trunk? {
        let near = trunks.filter { $0.admits(invitation) }
        return near.first { $0.id == invitation.provenTrunk } ?? near.first
    }

    private func number(_ text: String, over trunk: Trunk, in tx: SQLTransaction) throws -> VoiceNumber? {
        guard let e164 = try? PhoneNumber(parsing: text, field: "to").e164 else { return nil }
        if trunk.purpose != .test, let live = try NumberTable.findLive(e164: e164, in: tx) { return live }
        return trunk.purpose == .live ? nil : try NumberTable.findTest(e164: e164, in: tx)
    }

    /// Why the call is not taken; nil when it is.
    private func refusal(
        of call: Call,
        to number: VoiceNumber,
        _ workspace: Workspace,
        in tx: SQLTransaction
    ) throws -> (InboundRefusal, InboundGrounds)? {
        if !number.isInService || workspace.status != .active {
            if let refusal = context.settings.inboundToSuspended.refusal { return (refusal, .suspended) }
        }
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        if let refusal = context.settings.inboundToEmptyWallet.refusal,
            try accounts.walletBalance(context.ledger, in: tx) <= 0
        {
            return (refusal, .emptyWallet)
        }
        if let limit = workspace.limits(context.settings).concurrentCalls,
            try CallTable.hasLiveCalls(limit, of: workspace.id, in: tx)
        {
            return (.busy, .tooManyCalls)
        }
        return nil
    }

    private func call(
        _ invitation: InboundInvitation,
        to number: VoiceNumber,
        of workspace: Workspace,
        id: Identifier,
        sessionID: String,
        nodeID: Identifier,
        ratePerMinuteMinor: Int64,
        at now: Timestamp
    ) -> Call {
        Call(
            id: id,
            workspaceID: workspace.id,
            sessionID: sessionID,
            from: invitation.callerName,
            to: number.e164,
            callerID: invitation.callerName,
            numberID: number.id,
            status: .initiated,
            clientRequestID: nil,
            voiceCallbackURL: number.voiceCallbackURL,
            record: false,
            actions: [],
            ringTimeout: context.settings.ringTimeout,
            ratePerMinuteMinor: ratePerMinuteMinor,
            currency: workspace.currency,
            placedBy: nil,
            createdAt: now,
            durationSeconds: 0,
            costMinor: 0,
            nodeID: nodeID,
            updatedAt: now,
            clockOffset: workspace.clockOffset,
            longestSeconds: workspace.limits(context.settings).longestCallSeconds,
            direction: .inbound
        )
    }
}
