package import Primitives

/// A call's stay in a conference.
package struct ConferenceParticipant: Sendable, Equatable {
    /// What can change while it lasts.
    package struct State: Sendable, Equatable {
        /// Whether nobody hears the participant.
        package var isMuted: Bool
        /// Whether it hears music, and is not heard.
        package var isHeld: Bool

        /// Makes a state.
        package init(isMuted: Bool = false, isHeld: Bool = false) {
            self.isMuted = isMuted
            self.isHeld = isHeld
        }
    }

    /// The stay's own id.
    package let id: Identifier
    /// The call.
    package let callID: Identifier
    /// Who is on it: E.164, or what a dial named.
    package let number: String
    /// What it hears and says.
    package let state: State
    /// When it came.
    package let joinedAt: Timestamp
    /// When it left.
    package let leftAt: Timestamp?
}
