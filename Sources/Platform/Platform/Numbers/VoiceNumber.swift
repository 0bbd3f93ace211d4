package import Primitives

/// A voice number, in the inventory or in a workspace.
package struct VoiceNumber: Sendable, Equatable {
    /// Its id, the same before and after it is claimed.
    package let id: Identifier
    /// E.164.
    package let e164: String
    /// ISO 3166 two-letter code, upper case.
    package let country: String
    /// Where it is in its life.
    package let status: NumberStatus
    /// Whose it is, or for whom it is kept; nil in the inventory.
    package let workspaceID: Identifier?
    /// Whether it is a number of a test twin, which no telephone has.
    package let isTest: Bool
    /// Where calls of this number ask what to do.
    package let voiceCallbackURL: String?
    /// Where events of its calls go.
    package let eventsURL: String?
    /// When it was claimed.
    package let claimedAt: Timestamp?
    /// Asked instead when `voiceCallbackURL` does not answer.
    package let fallbackURL: String?
    /// Until when the rental is paid.
    package let paidUntil: Timestamp?
    /// When it was given back.
    package let releasedAt: Timestamp?

    /// How its voice callbacks are written.
    package var callbackFormat = CallbackFormat.json

    /// Whether calls are made with it: also while it is on its way to another carrier.
    package var isInService: Bool {
        status == .active || status == .porting && claimedAt != nil
    }
}
