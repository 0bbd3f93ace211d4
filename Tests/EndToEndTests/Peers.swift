import Foundation
import MediaEngine
import RTPWire
import TestSupport

/// Programs that nobody here wrote, as carriers and phones on loopback.
enum Peers {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path

    /// sipp as a carrier for one call of a scenario; exits with 0 when the call went as the scenario says.
    static func sipp(
        _ scenario: String,
        host: String = "127.0.0.1",
        port: Int,
        law: String = "PCMA",
        _ options: String...,
        files: TemporaryFolder
    ) throws -> RunningProgram {
        try sipp(scenario, host: host, port: port, law: law, options, files: files)
    }

    static func sipp(
        _ scenario: String,
        host: String = "127.0.0.1",
        port: Int,
        law: String,
        _ options: [String],
        files: TemporaryFolder
    ) throws -> RunningProgram {
        let tone = ToneGenerator.samples(hertz: 1000, duration: .seconds(10))
        let bytes = tone.map { law == "PCMA" ? G711.aLaw($0) : G711.uLaw($0) }
        try Data(bytes).write(to: files.url.appending(path: "tone.raw"))
        let text = try String(contentsOfFile: file("\(scenario).xml"), encoding: .utf8)
            .replacing("PAYLOAD_TYPE", with: law == "PCMA" ? "8" : "0").replacing("LAW", with: law)
        try text.write(toFile: files.path("\(scenario).xml"), atomically: true, encoding: .utf8)
        return try RunningProgram(
            "sipp",
            [
                "-sf", files.path("\(scenario).xml"), "-i", host, "-p", "\(port)", "-mi", host, "-m", "1", "-nostdin",
                "-timeout", "40",
            ] + options,
            in: files.url.path
        )
    }

    /// baresip as a carrier's phone that answers, plays `tone.wav` of its folder, and keeps what it hears.
    static func baresip(port: Int, files: TemporaryFolder) throws -> RunningProgram {
        let account = "<sip:+254712345678@127.0.0.1:\(port)>;regint=0;audio_codecs=PCMA,PCMU;answermode=auto"
        try BaresipFiles.write(account: account, port: port, files: files)
        return try RunningProgram("baresip", ["-f", files.url.path, "-v", "-t", "60"])
    }

    /// baresip as a telephone, which plays `tone.wav` of its folder and keeps what it hears.
    static func baresip(_ account: TelephoneAccount, files: TemporaryFolder) throws -> RunningProgram {
        let encryption =
            switch account.encryption {
            case .sdes: ";mediaenc=srtp-mand"
            case .dtls: ";mediaenc=dtls_srtp"
            case nil: ""
            }
        let line =
            "<sip:\(account.username)@\(account.host):\(account.port);transport=\(account.transport)>"
            + ";auth_user=\(account.username);auth_pass=\(account.password);regint=60"
            + ";audio_codecs=\(account.law);answermode=manual" + encryption
        // Without the second its reports have a port and a handshake of their own.
        let dtls = account.encryption == .dtls ? ["module dtls_srtp.so", "rtcp_mux yes"] : []
        let more = dtls + ["module stdio.so", "sip_cafile \(account.certificate)"]
        try BaresipFiles.write(account: line, port: FreePort.any(), more, files: files)
        return try RunningProgram("baresip", ["-f", files.url.path, "-v", "-s", "-t", "120"], takesInput: true)
    }

    /// linphone as a telephone without a sound card.
    static func linphone(_ account: TelephoneAccount, files: TemporaryFolder) throws -> RunningProgram {
        // It does not start without a place for its databases.
        let data = files.path(".local/share/linphone")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try LinphoneFile.text(account).write(toFile: files.path("linphonerc"), atomically: true, encoding: .utf8)
        return try RunningProgram(
            // What it prints into a file would else come in large pieces only.
            "stdbuf",
            ["-oL", "linphonec", "-c", files.path("linphonerc"), "-d", "6"],
            environment: ["HOME": files.url.path],
            in: files.url.path,
            takesInput: true
        )
    }

    /// A file of the peers'.
    static func file(_ name: String) -> String { "\(folder)/Scenarios/\(name)" }

    /// Writes what a telephone plays: a minute of a tone, as `tone.wav` of its folder.
    static func writeTone(hertz: Double, files: TemporaryFolder) throws {
        let samples = ToneGenerator.samples(hertz: hertz, duration: .seconds(60))
        let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        try Data(WaveFile.header(dataByteCount: bytes.count) + bytes).write(to: files.url.appending(path: "tone.wav"))
    }
}
