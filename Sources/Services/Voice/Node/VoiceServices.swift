import MediaEngine
import OutboundHTTP
import Platform
import SIPStack
import Sound
import WebRTCGateway

/// What every call of a node uses.
struct VoiceServices: Sendable {
    let context: PlatformContext
    let configuration: VoiceConfiguration
    let agent: SIPUserAgent
    let media: MediaEngine
    /// What is said and played.
    let sounds: SoundLibrary
    /// Asks customers' servers.
    let callbacks: CallbackClient
    /// Opens sockets at their servers.
    let sockets: GuardedSocketClient
    /// The conferences that are mixed here.
    let conferences: ConferenceHall
    /// Finds out who sends calls and registers.
    let gate: SIPGate
    /// Finds devices and browsers, wherever they are connected.
    let finder: DeviceFinder
    /// What browsers are shown in handshakes; nil when OpenSSL does not work here.
    let identity: DTLSIdentity?
    /// Where browsers connect when no datagram gets through; nil for nowhere.
    let door: BrowserDoor?
    /// Since when the identity's time is counted.
    let startedAt: ContinuousClock.Instant
    /// Finds the hosts of SIP URIs.
    let hosts: SIPHosts
    /// Takes what calls recorded.
    let keeper: RecordingKeeper
    /// The calls that run here.
    let calls = CallRegistry()
    /// Asks them what calls do.
    var documents: DocumentFetcher { DocumentFetcher(callbacks: callbacks) }
    /// Where the calls' own tasks run; anywhere when nil.
    let executor: (any TaskExecutor)?
}
