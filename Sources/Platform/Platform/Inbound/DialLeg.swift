import Database
import Ledger
import Primitives

/// Places a call that another one dials: a leg of its own, with its own price and its own end. What may be dialled is decided
/// as for every call, but for devices, which are the workspace's own.
package struct DialLeg: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Places a leg; the node that has the parent dials it.
    ///
    /// - Parameters:
    ///   - callerID: a number of the workspace to show instead of the parent's own. A device is shown who is at the parent's other
    ///     end, or the colleague who calls.
    ///   - longest: the longest that the two may be connected; nil leaves it to the workspace's limits.
    /// - Throws: `PlatformError` as of `PlaceCall`, or `calls.sip_not_allowed`; `DatabaseError`.
    package func callAsFunction(
        from parent: Call,
        to destination: LegDestination,
        callerID: String? = nil,
        ringTimeout: Duration,
        longest: Duration?
    ) async throws -> Call {
        let context = context.moved(by: parent.clockOffset)
        let leg = NewLeg(
            id: context.ids.next(),
            sessionID: "HD_" + context.ids.secret(byteCount: 6).hexString,
            ringTimeout: ringTimeout,
            longestSeconds: longest?.components.seconds,
            at: context.clock.now()
        )
        let price = try await LegPrice(destination, at: leg.now, context)
        return try await context.database.write(isolation: .readCommitted) { tx in
            let call =
                switch destination {
                case .number, .sip: try admitted(leg, price, callerID, of: parent, context, in: tx)
                case .device: try ofDevice(leg, price, of: parent, context, in: tx)
                }
            try CallTable.insert(call, in: tx)
            try CallEvents(context).emit(.started, of: call, at: leg.now, in: tx)
            return call
        }
    }

    private func admitted(
        _ leg: NewLeg,
        _ price: LegPrice,
        _ callerID: String?,
        of parent: Call,
        _ context: PlatformContext,
        in tx: SQLTransaction
    ) throws -> Call {
        let workspace = try WorkspaceTable.holdActive(parent.workspaceID, in: tx)
        let admit = try AdmitCall(context, workspace, in: tx)
        if price.isNumber { try admit.requireDestination(price.to) }
        let shown = try caller(callerID, of: parent, workspace, in: tx)
        let rate = try price.requirePerMinuteMinor()
        var call = leg.call(of: parent, workspace, to: price.to, shown: shown, rate)
        try admit(&call, in: tx)
        // Whoever waits on the line is not put into a queue.
        call.dialAt = nil
        call.longestSeconds = leg.limited(call.longestSeconds)
        return call
    }

    private func ofDevice(
        _ leg: NewLeg,
        _ price: LegPrice,
        of parent: Call,
        _ context: PlatformContext,
        in tx: SQLTransaction
    ) throws -> Call {
        let workspace = try WorkspaceTable.requireActive(parent.workspaceID, in: tx)
        let rate = try price.requirePerMinuteMinor()
        var call = leg.call(of: parent, workspace, to: price.to, shown: parent.shownToDevices, rate)
        call.longestSeconds = leg.limited(workspace.limits(context.settings).longestCallSeconds)
        return call
    }

    /// What the callee is shown: one of the workspace's numbers.
    private func caller(
        _ wanted: String?,
        of parent: Call,
        _ workspace: Workspace,
        in tx: SQLTransaction
    ) throws -> String {
        guard let wanted else { return parent.local }
        let e164 = try PhoneNumber(parsing: wanted, field: "callerId").e164
        guard let number = try NumberTable.find(e164: e164, for: workspace, in: tx),
            number.workspaceID == workspace.id, number.isInService
        else {
            throw PlatformError(
                .numberNotOwned,
                "\(e164) is not a number of this workspace that is in service, so it cannot be shown.",
                field: "callerId"
            )
        }
        return e164
    }
}
