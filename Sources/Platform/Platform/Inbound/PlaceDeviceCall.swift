import Database
import Ledger
package import Primitives

/// Takes a call that a registered device makes: its own leg, which costs nothing. Whom it calls is dialled as another leg, admitted
/// and priced as every call (`DialLeg`).
package struct PlaceDeviceCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Writes the call down.
    ///
    /// - Parameters:
    ///   - callee: whom the device calls.
    ///   - shown: every name and number that the device wants to be known by.
    ///   - nodeID: the voice node that has the call.
    /// - Throws: `PlatformError` `numbers.not_owned` for a caller id that is not the device's own number, `numbers.not_active`,
    ///   `workspace.suspended`, `calls.too_many_concurrent` or naming the destination; `DatabaseError`.
    package func callAsFunction(
        _ device: CallingDevice,
        to callee: Callee,
        shown: [String],
        nodeID: Identifier
    ) async throws -> Call {
        let to =
            switch callee {
            case .number(let text): try PhoneNumber(parsing: text, field: "to").e164
            case .colleague(let name): name
            }
        return try await write(
            device,
            to: to,
            parentID: nil,
            admittedAs: callee,
            shown: shown,
            nodeID: nodeID
        )
    }

    /// Writes down a call that takes the place of another telephone's. Nobody is called: the party is there already.
    ///
    /// - Parameters:
    ///   - old: the call whose place is taken, of the device's workspace.
    ///   - party: whom that one was connected with.
    /// - Throws: as of any call of a device, but for the destination.
    package func taking(
        over old: Call,
        with party: String,
        _ device: CallingDevice,
        shown: [String],
        nodeID: Identifier
    ) async throws -> Call {
        try await write(
            device,
            to: party,
            parentID: old.parentID,
            admittedAs: nil,
            shown: shown,
            nodeID: nodeID
        )
    }

    /// - Parameter callee: who is called; nil when whom it is with has been decided before.
    private func write(
        _ device: CallingDevice,
        to: String,
        parentID: Identifier?,
        admittedAs callee: Callee?,
        shown: [String],
        nodeID: Identifier
    ) async throws -> Call {
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(device.workspaceID, in: tx)
            let context = context.onClock(of: workspace)
            let number = try device.number(showing: shown, of: workspace, in: tx)
            let admit = try AdmitCall(context, workspace, in: tx)
            switch callee {
            case .number: try admit.requireDestination(to)
            // Nobody is paid for it, and no leg to somebody else counts it.
            case .colleague: try admit.requireRoom(in: tx)
            case nil: break
            }
            let call = Call(
                id: id,
                workspaceID: workspace.id,
                sessionID: sessionID,
                from: number.e164,
                to: to,
                callerID: callee?.isColleague == true ? device.name ?? number.e164 : number.e164,
                numberID: number.id,
                status: .initiated,
                clientRequestID: nil,
                voiceCallbackURL: nil,
                record: false,
                actions: [],
                ringTimeout: context.settings.ringTimeout,
                ratePerMinuteMinor: 0,
                currency: workspace.currency,
                placedBy: nil,
                createdAt: context.clock.now(),
                durationSeconds: 0,
                costMinor: 0,
                nodeID: nodeID,
                updatedAt: context.clock.now(),
                clockOffset: workspace.clockOffset,
                longestSeconds: workspace.limits(context.settings).longestCallSeconds,
                parentID: parentID
            )
            try CallTable.insert(call, in: tx)
            try CallEvents(context).emit(.started, of: call, from: number, at: call.createdAt, in: tx)
            return call
        }
    }
}
