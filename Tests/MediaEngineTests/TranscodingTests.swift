import RTPWire
import TestSupport
import Testing

@testable import MediaEngine

/// Legs of which one has Opus and the other G.711, and legs that both have Opus.
@Suite(.timeLimit(.minutes(2))) struct TranscodingTests {
    @Test(arguments: [MediaCodec.pcma, .pcmu], [1, 2])
    func opusAndG711HearEachOther(codec: MediaCodec, threads: Int) async throws {
        let lab = try MediaLab(threads: threads)
        let (browser, phone) = (try lab.line(codec: .opus, events: 110), try lab.line(codec: codec))
        browser.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        phone.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        browser.leg.bridge(to: phone.leg)
        try await phone.hears(500, lab)
        try await browser.hears(900, lab)
        // What is played to one of them goes before the other.
        phone.leg.play(.tone(hertz: 1300, duration: .seconds(3600)))
        try await phone.hears(1300, lab)
        phone.leg.stopPlaying()
        try await phone.hears(500, lab)
        browser.leg.unbridge()
        try await Waiting.until(within: .seconds(30)) {
            Goertzel.share(of: 900, in: try await browser.heard(lab)) < 0.1 ? true : nil
        }
        let quality = await phone.phone.close()
        #expect(quality.lost == 0 && quality.unknownPayload == 0, "one stream, whoever speaks")
    }

    /// Keys of one clock are pressed anew in another: as events, or as tones for who knows none. Firefox's events beside Opus have
    /// the clock of telephones.
    @Test(
        arguments: [(110, 48_000, 101), (126, 8000, 101), (110, 48_000, nil), (nil, nil, 101)]
            as [(UInt8?, Int?, UInt8?)]
    )
    func keysCross(browserEvents: UInt8?, clockRate: Int?, phoneEvents: UInt8?) async throws {
        let lab = try MediaLab()
        let browser = try lab.line(codec: .opus, events: browserEvents, eventClockRate: clockRate)
        let phone = try lab.line(events: phoneEvents)
        browser.leg.bridge(to: phone.leg)
        for (from, to, keys) in [(browser, phone, "159#"), (phone, browser, "7*D")] {
            from.phone.sendDigits(keys)
            try await Waiting.until(within: .seconds(20)) { from.digits == keys ? true : nil }
            if from.hasEvents {
                try await Waiting.until(within: .seconds(20)) { to.phoneDigits == keys ? true : nil }
            }
        }
    }

    @Test func bothSidesAreRecordedAndTapped() async throws {
        let lab = try MediaLab()
        let (browser, phone) = (try lab.line(codec: .opus, events: 110), try lab.line())
        browser.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        phone.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        browser.leg.bridge(to: phone.leg)
        try await phone.hears(500, lab)
        for (line, received, sent) in [(browser, 500.0, 900.0), (phone, 900, 500)] {
            line.leg.startRecording(
                RecordingFiles(received: lab.path("received"), sent: lab.path("sent")),
                RecordingOptions(maxLength: .seconds(1))
            )
            let tap = line.leg.tap(.outbound)
            var tapped: [Int16] = []
            while tapped.count < 8000, let frame = await tap.next() { tapped += frame.samples }
            tap.close()
            try await line.waits(for: .recordingLimitReached(id: 0))
            _ = try #require(await line.leg.stopRecording())
            #expect(Goertzel.share(of: received, in: try lab.samples("received")) > 0.5)
            #expect(Goertzel.share(of: sent, in: try lab.samples("sent")) > 0.5)
            #expect(Goertzel.share(of: sent, in: tapped) > 0.5)
        }
    }

    @Test func aRoomHasBoth() async throws {
        let lab = try MediaLab()
        let lines = [try lab.line(codec: .opus, events: 110), try lab.line(), try lab.line(codec: .opus, events: 110)]
        let room = lab.engine.openRoom()
        for line in lines { room.join(line.leg) }
        lines[0].phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await lines[1].hears(500, lab)
        try await lines[2].hears(500, lab)
        lines[0].phone.stopPlaying()
        lines[1].phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        try await lines[0].hears(900, lab)
        room.close()
    }

    /// A leg that is connected anew with a codec of the other's clock is passed on again.
    @Test func aLegMayChangeItsCodec() async throws {
        let lab = try MediaLab()
        let (browser, phone) = (try lab.line(codec: .opus, events: 110), try lab.line())
        browser.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        browser.leg.bridge(to: phone.leg)
        try await phone.hears(500, lab)
        for (leg, other) in [(browser.leg, browser.phone), (browser.phone, browser.leg)] {
            leg.connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: other.localPort,
                    codec: .pcmu,
                    payloadType: 0,
                    telephoneEventPayloadType: 101
                )
            )
        }
        try await phone.hears(500, lab)
        phone.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        try await browser.hears(900, lab)
    }

    /// Between two that have Opus nothing is coded anew: even what is no Opus comes out as it went in.
    @Test func opusIsPassedOnUntouched() async throws {
        let lab = try MediaLab()
        let peers = [RawRTPPeer(), RawRTPPeer()]
        let legs = try peers.map { _ in try lab.engine.openLeg() }
        for (index, type) in [UInt8(111), 96].enumerated() {
            legs[index].connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: peers[index].port,
                    codec: .opus,
                    payloadType: type,
                    telephoneEventPayloadType: nil
                )
            )
        }
        legs[0].bridge(to: legs[1])
        let payload: [UInt8] = (0..<100).map { UInt8(200 - $0) }
        let sequence = Locked(0)
        let passed = try await Waiting.until { () -> [UInt8]? in
            let packet = RawRTPPeer.packet(
                type: 111,
                sequence: Self.next(sequence),
                payload: payload,
                unitsPerPacket: 960
            )
            peers[0].send(packet, to: legs[0].localPort)
            return peers[1].received.first { $0.count == RTPHeader.byteCount + 100 }
        }
        #expect(passed[1] & 0x7F == 96, "its own type")
        #expect(Array(passed[RTPHeader.byteCount...]) == payload)
    }

    private static func next(_ sequence: Locked<Int>) -> Int {
        sequence.withLock { number in
            number += 1
            return number
        }
    }

    /// A browser that answered with both may change from one to the other without a word.
    @Test func aPeerMayChangeToTheOpusThatItNamed() async throws {
        let lab = try MediaLab()
        let (browser, phone) = (try lab.line(), try lab.line(codec: .pcmu))
        var parameters = browser.parameters(port: browser.phone.localPort)
        parameters.opusPayloadType = 111
        browser.leg.connect(parameters)
        browser.leg.bridge(to: phone.leg)
        browser.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await phone.hears(500, lab)
        parameters = browser.parameters(port: browser.leg.localPort)
        (parameters.codec, parameters.payloadType, parameters.otherLawPayloadType) = (.opus, 111, 8)
        browser.phone.connect(parameters)
        browser.phone.stopPlaying()
        browser.phone.play(.tone(hertz: 1100, duration: .seconds(3600)))
        try await phone.hears(1100, lab)
        #expect(await browser.leg.statistics().unknownPayload == 0)
    }

    /// What is no Opus is counted, and nobody is the worse for it.
    @Test func malformedPacketsAreCounted() async throws {
        let lab = try MediaLab()
        let (peer, phone) = (RawRTPPeer(), try lab.line())
        let leg = try lab.engine.openLeg()
        leg.connect(
            MediaParameters(
                remoteHost: "127.0.0.1",
                remotePort: peer.port,
                codec: .opus,
                payloadType: 111,
                telephoneEventPayloadType: nil
            )
        )
        leg.bridge(to: phone.leg)
        phone.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        let sequence = Locked(0)
        try await Waiting.until {
            let packet = RawRTPPeer.packet(
                type: 111,
                sequence: Self.next(sequence),
                payload: [0xFF, 63, 1],
                unitsPerPacket: 960
            )
            peer.send(packet, to: leg.localPort)
            return await leg.statistics().malformed >= 5 ? true : nil
        }
        let heard = Locked(0)
        try await Waiting.until {
            heard.withLock { count in
                count += peer.received.count
                return count > 20 ? true : nil
            }
        }
        #expect(await leg.close().received >= 5)
    }
}
