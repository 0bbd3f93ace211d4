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
    ///   - text: whom the device calls.
    ///   - shown: every name and number that the device wants to be known by.
    ///   - nodeID: the voice node that has the call.
    /// - Throws: `PlatformError` `numbers.not_owned` for a caller id that is not the device's own number, `numbers.not_active`,
    ///   `workspace.suspended`, or naming the destination; `DatabaseError`.
    package func callAsFunction(
        _ credential: SIPCredential,
        to text: String,
        shown: [String],
        nodeID: Identifier
    ) async throws -> Call {
        let to = try PhoneNumber(parsing: text, field: "to").e164
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(credential.workspaceID, in: tx)
            let context = context.onClock(of: workspace)
            guard let number = try NumberTable.find(id: credential.numberID, in: tx), number.isInService else {
                throw PlatformError(.numberNotActive, "The number of this device cannot be used now.")
            }
            for name in shown where name != credential.username { try Self.require(name, toBe: number) }
            try AdmitCall(context, workspace, in: tx).requireDestination(to)
            let call = Call(
                id: id,
                workspaceID: workspace.id,
                sessionID: sessionID,
                from: number.e164,
                to: to,
                callerID: number.e164,
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
                longestSeconds: workspace.limits(context.settings).longestCallSeconds
            )
            try CallTable.insert(call, in: tx)
            try CallEvents(context).emit(.started, of: call, from: number, at: call.createdAt, in: tx)
            return call
        }
    }

    private static func require(_ name: String, toBe number: VoiceNumber) throws(PlatformError) {
        if let shown = try? PhoneNumber(parsing: name, field: "caller_id"), shown.e164 == number.e164 { return }
        throw PlatformError(.numberNotOwned, "A device may show only its own number.", field: "caller_id")
    }
}
