import Primitives

/// Something a voice node must do, from a durable row.
package struct VoiceCommand: Sendable {
    /// What.
    package enum Kind: String, Sendable {
        /// Dial the call.
        case dial
        /// End the call that this node runs.
        case hangup
        /// Let it do other actions.
        case steer
        /// Do something to it beside what it does.
        case command
    }

    /// What to do.
    package let kind: Kind
    /// With which call, as it is now.
    package let call: Call
    /// What it is to do; empty but for `steer`.
    package var actions: [VoiceAction] = []
    /// What is done beside; nil but for `command`.
    package var command: CallCommand?
}
