import MediaEngine
import SDPWire
import STUNWire
import SecureMedia
import TestSupport
import Testing

@testable import WebRTCGateway

/// A browser's way to a leg over a real socket, packet by packet, with whatever else may come there.
@Suite(.timeLimit(.minutes(3))) struct BrowserTransportTests {
    /// A lab and a browser that are connected.
    private static func connected(_ limits: ICELimits = ICELimits()) async throws -> (BrowserLab, TestBrowser) {
        let lab = try BrowserLab(limits: limits)
        let browser = try TestBrowser(to: lab)
        try await browser.check(nominates: true)
        lab.transport.shakeHands(.server, lab.context, peer: [browser.context.certificate.fingerprint], on: lab.leg)
        try await browser.shakeHands()
        lab.leg.connect(parameters(try await lab.keys()))
        return (lab, browser)
    }

    private static let forgedReport: [UInt8] = [128, 201, 0, 1, 1, 2, 3, 4] + [UInt8](repeating: 9, count: 30)

    private static func parameters(_ keys: SRTPKeys?) -> MediaParameters {
        MediaParameters(
            remoteHost: "127.0.0.1",
            remotePort: 9,
            codec: .pcma,
            payloadType: 8,
            telephoneEventPayloadType: nil,
            keys: keys
        )
    }

    @Test func soundGoesWhereTheBrowserHasChosenToBe() async throws {
        let (lab, browser) = try await Self.connected()
        try await browser.hear()
        let first = browser.address
        browser.move()
        try await browser.check()
        #expect(lab.news.withLock { $0.first } == .nominated(first))
        try await browser.check(nominates: true)
        try await lab.waits(for: .nominated(browser.address))
        try await browser.hear()
        browser.line.send(try browser.packet(1))
        try await Waiting.until { await lab.leg.statistics().received == 1 ? true : nil }
        #expect(lab.events.withLock { $0.contains(.firstPacket) })
    }

    /// What somebody has noted down, made up, or sends from elsewhere is counted and not heard.
    @Test func othersAreNotHeard() async throws {
        let (lab, browser) = try await Self.connected()
        let (stranger, good) = (UDPLine(to: lab.leg.localPort), try browser.packet(1))
        for bytes in [good, good, TestBrowser.plain(2), Self.forgedReport, [200, 1, 2]] { browser.line.send(bytes) }
        for bytes in [try browser.packet(3), Self.forgedReport, good] { stranger.send(bytes) }
        browser.line.send(try browser.packet(4))
        try await Waiting.until { await lab.leg.statistics().received == 2 ? true : nil }
        try await Waiting.until { await lab.leg.statistics().foreign == 3 ? true : nil }
        let quality = await lab.leg.close()
        #expect(quality.replayed == 1 && quality.unauthentic == 2 && quality.malformed == 1, "\(quality)")
    }

    /// Nothing is heard or said in the clear, whatever anybody connects.
    @Test func nothingIsSaidInTheClear() async throws {
        let lab = try BrowserLab()
        let browser = try TestBrowser(to: lab)
        try await browser.check(nominates: true)
        browser.line.send(TestBrowser.plain(1))
        try await Waiting.until { await lab.leg.statistics().unknownPayload == 1 ? true : nil }
        lab.leg.connect(Self.parameters(nil))
        try await Waiting.until { lab.events.withLock { $0.contains(.unprotected) } ? true : nil }
        browser.line.send(TestBrowser.plain(2))
        try await Waiting.until { await lab.leg.statistics().unknownPayload == 2 ? true : nil }
        #expect(await lab.leg.statistics().sent == 0)
        #expect(browser.drain() == 0)
    }

    /// Who has not proved to be there gets no handshake, and cannot spoil that of another.
    @Test func handshakesAreForThosePeersThatWereChecked() async throws {
        let lab = try BrowserLab()
        let (browser, stranger) = (try TestBrowser(to: lab), try TestBrowser(to: lab))
        lab.transport.shakeHands(.server, lab.context, peer: [browser.context.certificate.fingerprint], on: lab.leg)
        let hello = [UInt8]([22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        for _ in 0..<100 { stranger.line.send(hello) }
        try await browser.check(nominates: true)
        try await browser.shakeHands()
        #expect(browser.keys != nil)
        let keys = try await lab.keys()
        #expect(keys == browser.keys.map { SRTPKeys(local: $0.remote, remote: $0.local) })
        #expect(stranger.line.receive() == nil)
    }

    @Test func anotherCertificateIsRefused() async throws {
        let lab = try BrowserLab()
        let browser = try TestBrowser(to: lab)
        try await browser.check(nominates: true)
        lab.transport.shakeHands(.server, lab.context, peer: [lab.context.certificate.fingerprint], on: lab.leg)
        try await browser.shakeHands()
        #expect(browser.failure == .refused)
        try await lab.waits(for: .failed(.wrongFingerprint))
    }

    // MARK: Consent

    @Test func whoIsSilentGetsNothing() async throws {
        var limits = ICELimits()
        limits.consent = .seconds(1)
        let (lab, browser) = try await Self.connected(limits)
        try await browser.hear()
        try await lab.waits(for: .consentLost)
        let sent = await lab.leg.statistics().sent
        // Ten frames pass.
        lab.leg.play(.tone(hertz: 500, duration: .milliseconds(200)))
        try await Waiting.until {
            lab.events.withLock { $0.contains { if case .playFinished = $0 { true } else { false } } } ? true : nil
        }
        #expect(await lab.leg.statistics().sent == sent)
        _ = browser.drain()
        try await browser.check()
        try await lab.waits(for: .consentRegained)
        try await browser.hear()
    }

    @Test func aRestartKeepsTheSound() async throws {
        let (lab, browser) = try await Self.connected()
        try await browser.hear()
        var random = SystemRandomNumberGenerator()
        let renewed = ICECredentials(using: &random)
        lab.transport.restart(renewed, on: lab.leg)
        try await browser.check()
        browser.restart(renewed)
        browser.move()
        try await browser.check(nominates: true)
        try await lab.waits(for: .nominated(browser.address))
        try await browser.hear()
    }

    // MARK: Floods

    @Test func aFloodOfChecksHarmsNobody() async throws {
        let (lab, browser) = try await Self.connected()
        let stranger = UDPLine(to: lab.leg.localPort)
        let forged = Checker(Checker.credentials("x")).check(nominates: true)
        for number in 1...20 {
            for _ in 0..<50 { stranger.send(forged) }
            browser.line.send(try browser.packet(number))
            try await browser.check()
            try await browser.hear()
        }
        try await Waiting.until { await lab.leg.statistics().received == 20 ? true : nil }
        let counters = await lab.transport.counters(on: lab.leg)
        #expect(counters.unauthentic > 0 && counters.limited > 0 && counters.answered >= 21, "\(counters)")
        var answers = 0
        while stranger.receive() != nil { answers += 1 }
        #expect(answers < 100)
        #expect(lab.news.withLock { $0.filter { if case .nominated = $0 { true } else { false } } }.count == 1)
    }

    @Test func theEndIsTold() async throws {
        let (lab, browser) = try await Self.connected()
        lab.transport.close()
        // An alert.
        try await browser.waits(forFirst: 21)
        #expect(await lab.leg.close().malformed == 0)
        #expect(await lab.transport.counters(on: lab.leg) == ICECounters())
    }
}
