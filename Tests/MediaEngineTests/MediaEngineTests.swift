import Foundation
import Logging
import MediaEngine
import Synchronization
import TestSupport
import Testing

@Suite struct MediaEngineTests {
    static func engine(ports: ClosedRange<Int>, silence: Duration = .seconds(60)) throws -> MediaEngine {
        var configuration = MediaConfiguration()
        configuration.ports = ports
        configuration.silenceTimeout = silence
        return try MediaEngine(configuration: configuration, logger: Logger(label: "test"))
    }

    @Test func aToneOfOneLegIsInTheOthersRecording() async throws {
        let media = try Self.engine(ports: 41_000...41_019)
        defer { media.shutDown() }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { _ = try? FileManager.default.removeItem(atPath: folder) }
        let (events, yield) = AsyncStream.makeStream(of: MediaEvent.self)
        let caller = try media.openLeg { yield.yield($0) }
        let callee = try media.openLeg()
        callee.startRecording(
            RecordingFiles(received: "\(folder)/r.wav", sent: "\(folder)/s.wav", mix: "\(folder)/m.wav")
        )
        callee.connect(.loopback(caller.localPort))
        caller.connect(.loopback(callee.localPort))
        callee.play(.tone(hertz: 440, duration: .seconds(1)))
        caller.play(.tone(hertz: 1000, duration: .seconds(1)), id: 7)
        for await event in events where event == .playFinished(id: 7) { break }
        let summary = try #require(await callee.stopRecording())
        #expect(summary.failure == nil)
        let (received, sent, mix) = (
            try Self.read("\(folder)/r.wav"), try Self.read("\(folder)/s.wav"), try Self.read("\(folder)/m.wav")
        )
        #expect(received.count == sent.count && sent.count == mix.count && mix.count > 7000)
        #expect(Goertzel.share(of: 1000, in: received) > 0.5)
        #expect(Goertzel.share(of: 440, in: received) < 0.05)
        #expect(Goertzel.share(of: 440, in: sent) > 0.5)
        #expect(Goertzel.share(of: 440, in: mix) > 0.2 && Goertzel.share(of: 1000, in: mix) > 0.2)
        let quality = await callee.close()
        #expect(quality.received > 40)
        #expect(quality.lost == 0)
        #expect(quality.meanOpinionScore > 4)
        _ = await caller.close()
    }

    /// Both sides send reports; the one that loses our packets tells us so, and its quality falls.
    @Test func reportsTellOfLossAndOfTheRoundTrip() async throws {
        let media = try Self.engine(ports: 41_100...41_109)
        defer { media.shutDown() }
        let (caller, callee) = (try media.openLeg(), try media.openLeg())
        caller.setOutboundLoss(percent: 30)
        callee.connect(.loopback(caller.localPort))
        caller.connect(.loopback(callee.localPort))
        caller.play(.tone(hertz: 440, duration: .seconds(60)))
        callee.play(.tone(hertz: 440, duration: .seconds(60)))
        let told = try await Waiting.until(within: .seconds(30)) {
            let statistics = await caller.statistics()
            return statistics.roundTrip != nil && (statistics.remoteLossPercent ?? 0) > 10 ? statistics : nil
        }
        #expect(told.roundTrip.map { $0 < .seconds(1) } == true)
        let (clean, lossy) = (await caller.close(), await callee.close())
        #expect(clean.lost == 0 && lossy.lost > 10)
        // Quality is a call's, so the worse direction counts on both sides.
        #expect(clean.meanOpinionScore < 3.5 && lossy.meanOpinionScore < 3.5)
    }

    @Test func keysAreHeardInTheirOrder() async throws {
        let media = try Self.engine(ports: 41_020...41_039)
        defer { media.shutDown() }
        let (keys, yield) = AsyncStream.makeStream(of: Character.self)
        let caller = try media.openLeg()
        let callee = try media.openLeg { if case .digit(let key) = $0 { yield.yield(key) } }
        callee.connect(.loopback(caller.localPort))
        caller.connect(.loopback(callee.localPort))
        caller.sendDigits("19#")
        var heard = ""
        for await key in keys {
            heard.append(key)
            if heard.count == 3 { break }
        }
        #expect(heard == "19#")
    }

    /// What is left of an earlier call on the port arrives first, and goes on.
    @Test func thePeerThatWasSignalledIsHeardOverAStrayOne() async throws {
        let media = try Self.engine(ports: 41_090...41_099)
        defer { media.shutDown() }
        let (events, yield) = AsyncStream.makeStream(of: MediaEvent.self)
        let (caller, stray) = (try media.openLeg(), try media.openLeg())
        let callee = try media.openLeg { yield.yield($0) }
        callee.connect(.loopback(caller.localPort))
        stray.connect(.loopback(callee.localPort))
        stray.play(.tone(hertz: 700, duration: .seconds(60)))
        var heard: [MediaEvent] = []
        for await event in events {
            heard.append(event)
            if event == .firstPacket {
                caller.connect(.loopback(callee.localPort))
                caller.sendDigits("19#")
            }
            if event == .digit("#") { break }
        }
        #expect(heard == [.firstPacket, .digit("1"), .digit("9"), .digit("#")])
    }

    /// The socket is kept to a peer that was heard for a second, which must not make it deaf to the same peer elsewhere.
    @Test func aPeerThatMovesIsHeardAgain() async throws {
        let media = try Self.engine(ports: 41_160...41_179)
        defer { media.shutDown() }
        let (caller, moved, callee) = (try media.openLeg(), try media.openLeg(), try media.openLeg())
        callee.connect(.loopback(caller.localPort))
        caller.connect(.loopback(callee.localPort))
        try await Waiting.until { await callee.statistics().received > 100 ? true : nil }
        moved.connect(.loopback(callee.localPort))
        try await Waiting.until { await callee.statistics().received > 150 ? true : nil }
        try await Waiting.until { await callee.statistics().foreign > 20 ? true : nil }
        _ = await caller.close()
        let before = await callee.statistics().received
        try await Waiting.until { await callee.statistics().received > before + 20 ? true : nil }
    }

    @Test func aBridgeConvertsTheLaw() async throws {
        let media = try Self.engine(ports: 41_040...41_079)
        defer { media.shutDown() }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { _ = try? FileManager.default.removeItem(atPath: folder) }
        let (events, yield) = AsyncStream.makeStream(of: MediaEvent.self)
        let (phoneA, phoneB) = (try media.openLeg { yield.yield($0) }, try media.openLeg())
        let (legA, legB) = (try media.openLeg(), try media.openLeg())
        legA.bridge(to: legB)
        phoneB.startRecording(
            RecordingFiles(received: "\(folder)/r.wav", sent: "\(folder)/s.wav", mix: "\(folder)/m.wav")
        )
        legA.connect(.loopback(phoneA.localPort, codec: .pcma))
        legB.connect(.loopback(phoneB.localPort, codec: .pcmu))
        phoneB.connect(.loopback(legB.localPort, codec: .pcmu))
        phoneA.connect(.loopback(legA.localPort, codec: .pcma))
        phoneA.play(.tone(hertz: 700, duration: .seconds(1)), id: 1)
        for await event in events where event == .playFinished(id: 1) { break }
        _ = await phoneB.stopRecording()
        #expect(Goertzel.share(of: 700, in: try Self.read("\(folder)/r.wav")) > 0.5)
    }

    @Test func portsRunOutAndComeBack() async throws {
        let media = try Self.engine(ports: 41_080...41_083)
        defer { media.shutDown() }
        let first = try media.openLeg()
        _ = try media.openLeg()
        #expect(throws: MediaError.portsExhausted) { try media.openLeg() }
        _ = await first.close()
        #expect(try media.openLeg().localPort == first.localPort)
    }

    @Test func silenceIsReportedOnce() async throws {
        let media = try Self.engine(ports: 41_084...41_089, silence: .milliseconds(200))
        defer { media.shutDown() }
        let (events, yield) = AsyncStream.makeStream(of: MediaEvent.self)
        let leg = try media.openLeg { yield.yield($0) }
        leg.connect(.loopback(9))
        for await event in events {
            #expect(event == .silence)
            break
        }
    }

    static func read(_ path: String) throws -> [Int16] {
        try WaveFile.samples(parsing: [UInt8](Data(contentsOf: URL(filePath: path))))
    }
}
