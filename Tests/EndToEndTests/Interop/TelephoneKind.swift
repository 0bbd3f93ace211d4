import Foundation
import MediaEngine
import TestSupport

/// What differs between telephones that nobody here wrote: how one is told what to do, and how it says what happens.
struct TelephoneKind: Sendable {
    /// What a line of its standard input says.
    struct Words: Sendable {
        /// Calls a URI; `%` is the URI.
        let dial: String
        let answer: String
        let hangUp: String
        let hold: String
        let resume: String
        /// Hands its call over; `%` is the URI of whoever is to have it.
        let transfer: String
        /// Connects the parties of its first and its second call; nil when it cannot do that.
        let connect: String?
        /// Presses a key; `%` is the key.
        let press: String
        /// What it plays to whom it talks to; `%` is a file. Empty when that is set up beforehand.
        let play: String
        /// Where it keeps what it hears from now on; `%` is a file. Empty when that is set up beforehand.
        let record: String
    }

    /// What its output says.
    struct Signs: Sendable {
        let registered: String
        /// Somebody calls it.
        let rings: String
        /// A call is up.
        let isUp: String
        /// A call is over, and its files are complete.
        let isOver: String
        /// Its call is on hold; nil when it does not say.
        let isHeld: String?
        /// Its sound is encrypted.
        let encrypted: String
        /// Whom it handed its call to was not reached; `%` is why.
        let transferFailed: String
        /// A key was decoded; `%` is the key.
        let key: String
    }

    let name: String
    /// The host that it calls the server by over TLS: not every one reads the addresses of a certificate.
    let serverName: String
    /// What it can prove its password with; nil for whatever the server offers.
    let digestAlgorithms: String?
    let words: Words
    let signs: Signs
    /// Starts it with an account.
    let start: @Sendable (TelephoneAccount, TemporaryFolder) throws -> RunningProgram
}

extension TelephoneKind {
    /// baresip, steered by its menu.
    static let baresip = Self(
        name: "baresip",
        serverName: "127.0.0.1",
        // It gives up when it is offered another one, too.
        digestAlgorithms: "MD5",
        words: Words(
            dial: "/dial %\n",
            answer: "/accept\n",
            hangUp: "/hangup\n",
            hold: "/hold\n",
            resume: "/resume\n",
            transfer: "/transfer %\n",
            // It knows attended transfer from version 1.1 on.
            connect: nil,
            press: "%",
            play: "",
            record: ""
        ),
        signs: Signs(
            registered: "SIP/2.0 200 OK",
            rings: "Incoming call from",
            isUp: "Call established",
            isOver: "audio: destroyed",
            isHeld: nil,
            encrypted: "SRTP is Enabled",
            transferFailed: "transfer failed: %",
            key: "received event: '%' (end=0)"
        ),
        start: { try Peers.baresip($0, files: $1) }
    )

    /// linphone's telephone for terminals.
    static let linphone = Self(
        name: "linphone",
        serverName: "localhost",
        digestAlgorithms: nil,
        words: Words(
            dial: "call %\n",
            answer: "answer\n",
            hangUp: "terminate\n",
            hold: "pause\n",
            resume: "resume\n",
            transfer: "transfer %\n",
            connect: "transfer 1 --to-call 2\n",
            press: "%\n",
            play: "soundcard use files\nplay %\n",
            record: "record %\n"
        ),
        signs: Signs(
            registered: "to [LinphoneRegistrationOk]",
            rings: "to LinphoneCallIncomingReceived",
            isUp: "to LinphoneCallStreamsRunning",
            isOver: "to LinphoneCallReleased",
            isHeld: "to LinphoneCallPaused",
            encrypted: "Negotiated media encryption is LinphoneMediaEncryptionSRTP",
            transferFailed: "SIP/2.0 %",
            key: "Receiving tone % from"
        ),
        start: { try Peers.linphone($0, files: $1) }
    )
}
