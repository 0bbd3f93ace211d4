import MediaEngine
import TestSupport
import Testing

@Suite struct RoomTests {
    private static let hertz = [500.0, 700, 1100]

    @Test func eachHearsTheOthersAndNotItself() async throws {
        let lab = try MediaLab(threads: 2)
        let (room, lines) = try Self.conversation(lab)
        for (place, line) in lines.enumerated() {
            let heard = try await Self.heard(line, lab)
            for (other, hertz) in Self.hertz.enumerated() {
                let share = Goertzel.share(of: hertz, in: heard)
                #expect(other == place ? share < 0.01 : share > 0.3, "\(place) hears \(other): \(share)")
            }
        }
        room.close()
        let alone = try await Self.heard(lines[0], lab)
        #expect(alone.suffix(2000).allSatisfy { abs($0) < 16 })
    }

    @Test func theMutedAndTheGoneAreNotHeard() async throws {
        let lab = try MediaLab()
        let (room, lines) = try Self.conversation(lab)
        room.join(lines[0].leg, isMuted: true)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) < 0.01)
        #expect(Goertzel.share(of: 700, in: try await Self.heard(lines[0], lab)) > 0.3)
        room.setMuted(lines[0].leg, false)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) > 0.3)
        lines[1].leg.setMuted(true)
        room.leave(lines[0].leg)
        #expect(Goertzel.share(of: 1100, in: try await Self.heard(lines[1], lab)) > 0.8)
        #expect(try await Self.heard(lines[0], lab).suffix(2000).allSatisfy { abs($0) < 16 })
        room.leave(lines[0].leg)
        _ = await lines[2].leg.close()
        #expect(try await Self.heard(lines[1], lab).suffix(2000).allSatisfy { abs($0) < 16 })
    }

    @Test func whoWaitsHearsMusic() async throws {
        let lab = try MediaLab()
        let room = lab.engine.openRoom()
        defer { room.close() }
        room.setWaitSound(.tone(hertz: 1300, duration: .seconds(1)))
        let lines = try [lab.line(), lab.line(codec: .pcmu)]
        lines[0].phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        room.join(lines[0].leg)
        #expect(Goertzel.share(of: 1300, in: try await Self.heard(lines[0], lab)) > 0.8)
        room.join(lines[1].leg)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) > 0.8)
        lines[1].leg.setHeld(true)
        #expect(Goertzel.share(of: 1300, in: try await Self.heard(lines[1], lab)) > 0.8)
        lines[1].leg.hold(with: .tone(hertz: 1500, duration: .seconds(1)))
        #expect(Goertzel.share(of: 1500, in: try await Self.heard(lines[1], lab)) > 0.8)
        lines[1].leg.unhold()
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) > 0.8)
    }

    @Test func announcementsReachAllOrOne() async throws {
        let lab = try MediaLab()
        let (room, lines) = try Self.conversation(lab)
        defer { room.close() }
        room.play(.tone(hertz: 1500, duration: .seconds(1)), loops: 3600)
        for line in lines { #expect(Goertzel.share(of: 1500, in: try await Self.heard(line, lab)) > 0.2) }
        room.stopPlaying()
        lines[1].leg.play(.tone(hertz: 1700, duration: .seconds(1)), loops: 3600)
        #expect(Goertzel.share(of: 1700, in: try await Self.heard(lines[1], lab)) > 0.8)
        let other = try await Self.heard(lines[2], lab)
        #expect(Goertzel.share(of: 1700, in: other) < 0.01 && Goertzel.share(of: 1500, in: other) < 0.01)
    }

    /// A leg changes between a bridge and a room, whichever thread these are on.
    @Test func aLegIsInOnePlaceAtATime() async throws {
        let lab = try MediaLab(threads: 3)
        let (room, lines) = try Self.conversation(lab)
        defer { room.close() }
        let other = try lab.line()
        other.phone.play(.tone(hertz: 1700, duration: .seconds(3600)))
        lines[0].leg.bridge(to: other.leg)
        #expect(Goertzel.share(of: 1700, in: try await Self.heard(lines[0], lab)) > 0.8)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) < 0.01)
        room.join(lines[0].leg)
        #expect(Goertzel.share(of: 500, in: try await Self.heard(lines[1], lab)) > 0.3)
        #expect(try await Self.heard(other, lab).suffix(2000).allSatisfy { abs($0) < 16 })
    }

    @Test func theRoomIsRecorded() async throws {
        let lab = try MediaLab()
        let limit = Locked(false)
        let room = lab.engine.openRoom { event in
            if case .recordingLimitReached = event { limit.withLock { $0 = true } }
        }
        let lines = try Self.join(room, lab)
        _ = try await Self.heard(lines[0], lab)
        room.startRecording(RecordingFiles(mix: lab.path("room")), RecordingOptions(maxLength: .seconds(1)))
        try await Waiting.until { limit.withLock { $0 } ? true : nil }
        let summary = try #require(await room.stopRecording())
        #expect(summary.failure == nil && summary.sampleCount == 8000)
        let samples = try lab.samples("room")
        for hertz in Self.hertz { #expect(Goertzel.share(of: hertz, in: samples) > 0.2) }
        #expect(await room.stopRecording() == nil)
    }

    @Test func talkIsReported() async throws {
        let lab = try MediaLab()
        let talk = Locked<[String]>([])
        let room = lab.engine.openRoom { event in
            switch event {
            case .talkStarted(let leg): talk.withLock { $0.append("+\(leg.localPort)") }
            case .talkStopped(let leg): talk.withLock { $0.append("-\(leg.localPort)") }
            case .playFinished, .recordingLimitReached: break
            }
        }
        defer { room.close() }
        let lines = try [lab.line(), lab.line()]
        for line in lines { room.join(line.leg) }
        lines[1].phone.play(.tone(hertz: 500, duration: .milliseconds(500)))
        let port = lines[1].leg.localPort
        try await Waiting.until { talk.withLock { $0 == ["+\(port)", "-\(port)"] } ? true : nil }
    }

    /// More voices than eight are too many: the loudest are heard.
    @Test func theLoudestAreHeard() async throws {
        let lab = try MediaLab()
        let room = lab.engine.openRoom()
        defer { room.close() }
        let lines = try (0..<10).map { _ in try lab.line() }
        for line in lines { room.join(line.leg) }
        for (place, line) in lines.dropLast().enumerated() {
            let peak = place == 0 ? 400.0 : 2000
            let tone = ToneGenerator.samples(hertz: Double(400 + 200 * place), duration: .seconds(1))
            line.phone.play(.samples(tone.map { Int16(Double($0) * peak / 8191) }), loops: 3600)
        }
        let heard = try await Self.heard(lines[9], lab)
        #expect(Goertzel.share(of: 400, in: heard) < 0.005)
        for place in 1..<9 { #expect(Goertzel.share(of: Double(400 + 200 * place), in: heard) > 0.05, "\(place)") }
    }

    @Test func aHundredPartiesHearThree() async throws {
        let lab = try MediaLab(threads: 2)
        let room = lab.engine.openRoom()
        defer { room.close() }
        let lines = try (0..<100).map { try lab.line(codec: $0 % 2 == 0 ? .pcma : .pcmu) }
        for line in lines { room.join(line.leg) }
        for (line, hertz) in zip(lines, Self.hertz) { line.phone.play(.tone(hertz: hertz, duration: .seconds(3600))) }
        for place in [2, 50, 99] {
            let heard = try await Self.heard(lines[place], lab)
            for (talker, hertz) in Self.hertz.enumerated() {
                let share = Goertzel.share(of: hertz, in: heard)
                #expect(talker == place ? share < 0.01 : share > 0.1, "\(place) hears \(talker): \(share)")
            }
        }
    }

    /// Three phones that hold a tone each, in a room.
    private static func conversation(_ lab: MediaLab) throws -> (MediaRoom, [Line]) {
        let room = lab.engine.openRoom()
        return (room, try join(room, lab))
    }

    private static func join(_ room: MediaRoom, _ lab: MediaLab) throws -> [Line] {
        let lines = try [lab.line(), lab.line(codec: .pcmu), lab.line(events: nil)]
        for (line, hertz) in zip(lines, hertz) {
            line.phone.play(.tone(hertz: hertz, duration: .seconds(3600)))
            room.join(line.leg)
        }
        return lines
    }

    /// What a phone hears a little later than now: what was on its way has come.
    private static func heard(_ line: Line, _ lab: MediaLab) async throws -> [Int16] {
        _ = await line.leg.statistics()
        return Array(try await line.heard(lab, milliseconds: 1200).dropFirst(4800))
    }
}
