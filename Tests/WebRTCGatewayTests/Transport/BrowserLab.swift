import Foundation
import Logging
import MediaEngine
import SDPWire
import STUNWire
import SecureMedia
import TestSupport

@testable import WebRTCGateway

/// A leg of ours with a browser's way to it, and what both report.
final class BrowserLab: Sendable {
    let engine: MediaEngine
    let leg: MediaLeg
    let transport: BrowserTransport
    let door: BrowserDoor?
    let context: DTLSContext
    let credentials: ICECredentials
    let news = Locked<[BrowserNews]>([])
    let events = Locked<[MediaEvent]>([])
    /// What had come before the leg had its keys: a peer has them a moment earlier.
    private let early = Locked(MediaStatistics())

    /// - Parameters:
    ///   - engine: of another lab, whose leg is to be bridged to this one's.
    ///   - door: with which limits browsers may come by TCP, too; nil for not at all.
    init(
        _ engine: MediaEngine? = nil,
        limits: ICELimits = ICELimits(),
        door doorLimits: ConnectionLimits? = nil,
        threads: Int = 1
    ) throws {
        var configuration = MediaConfiguration()
        configuration.ports = 36_000...39_999
        configuration.threadCount = threads
        self.engine = try engine ?? MediaEngine(configuration: configuration, logger: Logger(label: "test"))
        var random = SystemRandomNumberGenerator()
        credentials = ICECredentials(using: &random)
        context = try DTLSContext(DTLSCertificate())
        transport = try BrowserTransport(credentials, limits: limits) { [news] one in news.withLock { $0.append(one) } }
        leg = try self.engine.openLeg(gate: transport) { [events] one in events.withLock { $0.append(one) } }
        door = try doorLimits.map { try BrowserDoor(host: "127.0.0.1", port: 0, limits: $0) }
        if let door { transport.enter(by: door, on: leg) }
    }

    deinit {
        door?.shutDown()
        engine.shutDown()
    }

    /// Where browsers may connect.
    var connections: [ICECandidate] {
        guard let door else { return [] }
        return [
            ICECandidate(
                foundation: "2",
                transport: .tcp,
                preference: ICECandidate.passivePreference,
                address: "127.0.0.1",
                port: door.port,
                tcpType: .passive
            )
        ]
    }

    /// Where they send datagrams.
    var datagrams: [ICECandidate] {
        [ICECandidate(foundation: "1", address: "127.0.0.1", port: leg.localPort)]
    }

    func endpoint(
        _ codecs: [WebCodec] = [.pcma, .pcmu],
        setup: DTLSSetup = .passive,
        candidates: [ICECandidate]? = nil
    ) -> WebAudioEndpoint {
        WebAudioEndpoint(
            candidates: candidates ?? datagrams + connections,
            credentials: credentials,
            fingerprints: [context.certificate.fingerprint],
            codecs: codecs,
            setup: setup,
            sessionID: 7
        )
    }

    /// Does what signalling does once both descriptions are known: shakes hands, and connects the leg when there are keys.
    func connect(_ audio: NegotiatedWebAudio) async throws {
        transport.shakeHands(
            audio.isHandshakeOurs ? .client : .server,
            context,
            peer: audio.fingerprints,
            on: leg
        )
        leg.connect(parameters(audio, try await keys()))
        let quality = await leg.statistics()
        early.withLock { $0 = quality }
    }

    /// What was counted since the leg has its keys.
    func counted(_ count: (MediaStatistics) -> UInt64) async -> UInt64 {
        count(await leg.statistics()) - count(early.withLock { $0 })
    }

    func keys() async throws -> SRTPKeys {
        try await Waiting.until { [news] in
            news.withLock { $0.lazy.compactMap { if case .secured(let keys) = $0 { keys } else { nil } }.first }
        }
    }

    func waits(for wanted: BrowserNews) async throws {
        try await Waiting.until { [news] in news.withLock { $0.contains(wanted) } ? true : nil }
    }

    func parameters(_ audio: NegotiatedWebAudio, _ keys: SRTPKeys?) -> MediaParameters {
        MediaParameters(
            remoteHost: "127.0.0.1",
            remotePort: 9,
            codec: audio.codec == .opus ? .opus : audio.codec == .pcmu ? .pcmu : .pcma,
            payloadType: UInt8(audio.payloadType),
            telephoneEventPayloadType: audio.telephoneEventPayloadType.map(UInt8.init),
            otherLawPayloadType: audio.otherLawPayloadType.map(UInt8.init),
            opusPayloadType: audio.opusPayloadType.map(UInt8.init),
            keys: keys
        )
    }

    /// The keys that the leg has reported.
    var digits: String {
        String(events.withLock { $0.compactMap { if case .digit(let key) = $0 { key } else { nil } } })
    }

    /// What the leg hears in a moment that begins now.
    func hears(_ hertz: Double) async throws {
        let folder = try TemporaryFolder("browser")
        try await Waiting.until(within: .seconds(30)) { [self] in
            let path = folder.path("\(UUID().uuidString).wav")
            let before = events.withLock { $0.count }
            leg.startRecording(
                RecordingFiles(received: path),
                RecordingOptions(maxLength: .milliseconds(700))
            )
            try await Waiting.until { [events] in
                events.withLock { $0.dropFirst(before).contains(.recordingLimitReached(id: 0)) } ? true : nil
            }
            _ = await leg.stopRecording()
            let samples = try WaveFile.samples(parsing: [UInt8](Data(contentsOf: URL(filePath: path))))
            return Goertzel.share(of: hertz, in: samples) > 0.5 ? true : nil
        }
    }
}
