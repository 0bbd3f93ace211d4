package import Ledger
package import Primitives

/// A call, as the database knows it.
package struct Call: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// The other id that clients of Sautikit know: `HD_` and 12 hexadecimal digits.
    package let sessionID: String
    /// Who calls: the workspace's number of an outbound call; of an inbound one what the network said, E.164 when it can be read.
    package let from: String
    /// Who is called: E.164, or the SIP URI or device that a dial named; the workspace's number of an inbound call.
    package let to: String
    /// What the callee is shown.
    package let callerID: String
    /// The workspace's number, as a row.
    package let numberID: Identifier
    /// Where it is in its life.
    package var status: CallStatus
    /// The client's own name for it, echoed back.
    package let clientRequestID: String?
    /// This call's own callback, before the number's.
    package let voiceCallbackURL: String?
    /// Whether it is recorded.
    package let record: Bool
    /// What to do when it is answered.
    package let actions: [VoiceAction]
    /// How long the phone rings.
    package let ringTimeout: Duration
    /// Price of a minute when it was placed, in minor units.
    package let ratePerMinuteMinor: Int64
    /// Currency of price and cost.
    package let currency: Currency
    /// The key or person who placed it; nil when nobody is known.
    package let placedBy: Identifier?
    /// When it was accepted.
    package let createdAt: Timestamp
    /// When the callee answered.
    package var answeredAt: Timestamp?
    /// When it ended.
    package var endedAt: Timestamp?
    /// Answered time in whole seconds, half up.
    package var durationSeconds: Int64
    /// What it cost.
    package var costMinor: Int64
    /// Why it ended.
    package var hangupCause: HangupCause?
    /// The voice node that runs it.
    package var nodeID: Identifier?
    /// When it last changed.
    package var updatedAt: Timestamp
    /// How far its workspace's clock was ahead of the server's when it was placed; its times are by that clock.
    package var clockOffset: Duration = .zero
    /// What it may cost at most, which is set aside until it ends; nil when that was not said.
    package var maxCostMinor: Int64?
    /// The longest that it may last; nil for calls of before there was such a limit.
    package var longestSeconds: Int64?
    /// When it may be dialled, if it had to wait for its turn.
    package var dialAt: Timestamp?
    /// Which way it goes.
    package var direction = CallDirection.outbound
    /// The call that dialled this one, which is another leg of the same conversation; nil for a call of its own.
    package var parentID: Identifier?

    /// How the two sides are in the file, when it is recorded.
    package var recordingChannels = RecordingChannels.mono

    /// The workspace's side.
    package var local: String { direction == .outbound ? from : to }
    /// The other side.
    package var remote: String { direction == .outbound ? to : from }
    /// What a device sees that is called for this call: the other side, or who calls when it is a colleague.
    var shownToDevices: String { direction == .outbound && Callee(to).isColleague ? callerID : remote }
}
