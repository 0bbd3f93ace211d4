import Foundation
import Logging
import MediaEngine
import SecureMedia
import TestSupport

/// An engine with phones, legs and a folder for recordings, all gone with it.
final class MediaLab: Sendable {
    let engine: MediaEngine
    let folder: String

    init(threads: Int = 1) throws {
        var configuration = MediaConfiguration()
        configuration.ports = 42_000...47_999
        configuration.threadCount = threads
        engine = try MediaEngine(configuration: configuration, logger: Logger(label: "test"))
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    }

    deinit {
        engine.shutDown()
        _ = try? FileManager.default.removeItem(atPath: folder)
    }

    /// A leg and the phone at its other end.
    ///
    /// - Parameter keys: of our leg; the phone has them the other way round.
    func line(
        codec: MediaCodec = .pcma,
        events: UInt8? = 101,
        eventClockRate: Int? = nil,
        direction: MediaDirection = .sendrecv,
        keys: SRTPKeys? = nil
    ) throws -> Line {
        try Line(
            self,
            codec: codec,
            events: events,
            eventClockRate: eventClockRate,
            direction: direction,
            keys: keys
        )
    }

    func path(_ name: String) -> String { "\(folder)/\(name).wav" }

    func samples(_ name: String) throws -> [Int16] {
        try WaveFile.samples(parsing: [UInt8](Data(contentsOf: URL(filePath: path(name)))))
    }
}

/// A leg of ours, and a phone, which is a leg too.
struct Line: Sendable {
    let leg: MediaLeg
    let phone: MediaLeg
    /// What our leg reports, and what the phone does.
    let news = Locked<[MediaEvent]>([])
    let phoneNews = Locked<[MediaEvent]>([])
    private let codec: MediaCodec
    private let events: UInt8?
    private let eventClockRate: Int?

    fileprivate init(
        _ lab: MediaLab,
        codec: MediaCodec,
        events: UInt8?,
        eventClockRate: Int?,
        direction: MediaDirection,
        keys: SRTPKeys?
    ) throws {
        (self.codec, self.events, self.eventClockRate) = (codec, events, eventClockRate)
        leg = try lab.engine.openLeg { [news] event in news.withLock { $0.append(event) } }
        phone = try lab.engine.openLeg { [phoneNews] event in phoneNews.withLock { $0.append(event) } }
        connect(direction: direction, keys: keys)
    }

    /// Whether the two press keys as telephone events.
    var hasEvents: Bool { events != nil }

    /// Connects both ends, at first or anew.
    func connect(direction: MediaDirection = .sendrecv, keys: SRTPKeys? = nil) {
        leg.connect(parameters(port: phone.localPort, direction: direction, keys: keys))
        let mirrored = keys.map { SRTPKeys(local: $0.remote, remote: $0.local) }
        phone.connect(parameters(port: leg.localPort, keys: mirrored))
    }

    func parameters(
        port: Int,
        direction: MediaDirection = .sendrecv,
        keys: SRTPKeys? = nil
    ) -> MediaParameters {
        .loopback(port, codec: codec, events: events, eventClockRate: eventClockRate, direction: direction, keys: keys)
    }

    /// What the phone's user hears in a moment that begins now.
    func heard(_ lab: MediaLab, milliseconds: Int = 700) async throws -> [Int16] {
        let name = UUID().uuidString
        phone.startRecording(
            RecordingFiles(received: lab.path(name)),
            RecordingOptions(maxLength: .milliseconds(milliseconds))
        )
        let before = phoneNews.withLock { $0.count }
        try await Waiting.until { [phoneNews] in
            phoneNews.withLock { $0.dropFirst(before).contains(.recordingLimitReached(id: 0)) } ? true : nil
        }
        _ = await phone.stopRecording()
        return try lab.samples(name)
    }

    /// Waits until the phone's user hears a tone above all else: on a busy machine a moment may have gaps.
    func hears(_ hertz: Double, _ lab: MediaLab) async throws {
        try await Waiting.until(within: .seconds(30)) {
            Goertzel.share(of: hertz, in: try await heard(lab)) > 0.5 ? true : nil
        }
    }

    /// Waits until our leg has reported something.
    func waits(for event: MediaEvent) async throws {
        try await Waiting.until { [news] in news.withLock { $0.contains(event) } ? true : nil }
    }

    /// The keys that our leg has reported.
    var digits: String { Self.digits(news) }
    /// The keys that the phone has reported.
    var phoneDigits: String { Self.digits(phoneNews) }

    private static func digits(_ news: Locked<[MediaEvent]>) -> String {
        String(
            news.withLock { $0 }
                .compactMap { event in
                    if case .digit(let key) = event { key } else { nil }
                }
        )
    }
}
