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

    /// baresip as a phone that answers, plays 1,000 Hz, and keeps what it hears; returns it with its folder of recordings.
    static func baresip(port: Int, files: TemporaryFolder) throws -> (phone: RunningProgram, heard: URL) {
        let heard = files.url.appending(path: "heard")
        try FileManager.default.createDirectory(at: heard, withIntermediateDirectories: true)
        let samples = ToneGenerator.samples(hertz: 1000, duration: .seconds(60))
        let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        try Data(WaveFile.header(dataByteCount: bytes.count) + bytes).write(to: files.url.appending(path: "tone.wav"))
        try configuration(port: port, heard: heard.path, tone: files.path("tone.wav"))
            .write(toFile: files.path("config"), atomically: true, encoding: .utf8)
        try "<sip:+254712345678@127.0.0.1:\(port)>;regint=0;audio_codecs=PCMA,PCMU;answermode=auto\n"
            .write(toFile: files.path("accounts"), atomically: true, encoding: .utf8)
        try "".write(toFile: files.path("contacts"), atomically: true, encoding: .utf8)
        return (try RunningProgram("baresip", ["-f", files.url.path, "-v", "-t", "60"]), heard)
    }

    /// baresip as a telephone with an account of its own.
    ///
    /// - Parameters:
    ///   - certificate: what its server must show over TLS.
    ///   - commands: what it does when it is ready.
    static func baresip(
        account: String,
        trusting certificate: String,
        commands: [String],
        files: TemporaryFolder
    ) throws -> RunningProgram {
        let heard = files.path("heard")
        try FileManager.default.createDirectory(atPath: heard, withIntermediateDirectories: true)
        let samples = ToneGenerator.samples(hertz: 1000, duration: .seconds(60))
        let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        try Data(WaveFile.header(dataByteCount: bytes.count) + bytes).write(to: files.url.appending(path: "tone.wav"))
        let text = configuration(port: FreePort.any(), heard: heard, tone: files.path("tone.wav"))
        try (text + "sip_cafile \(certificate)\n").write(
            toFile: files.path("config"),
            atomically: true,
            encoding: .utf8
        )
        try (account + "\n").write(toFile: files.path("accounts"), atomically: true, encoding: .utf8)
        try "".write(toFile: files.path("contacts"), atomically: true, encoding: .utf8)
        let words = commands.flatMap { ["-e", $0] }
        return try RunningProgram("baresip", ["-f", files.url.path, "-v", "-s", "-t", "90"] + words)
    }

    /// baresip as a telephone, which plays `tone.wav` of its folder and keeps what it hears.
    static func baresip(_ account: TelephoneAccount, files: TemporaryFolder) throws -> RunningProgram {
        let text = configuration(port: FreePort.any(), heard: files.path("heard"), tone: files.path("tone.wav"))
        try (text + "module stdio.so\nsip_cafile \(account.certificate)\n").write(
            toFile: files.path("config"),
            atomically: true,
            encoding: .utf8
        )
        let line =
            "<sip:\(account.username)@\(account.host):\(account.port);transport=\(account.transport)>"
            + ";auth_user=\(account.username);auth_pass=\(account.password);regint=60"
            + ";audio_codecs=\(account.law);answermode=manual\n"
        try line.write(toFile: files.path("accounts"), atomically: true, encoding: .utf8)
        try "".write(toFile: files.path("contacts"), atomically: true, encoding: .utf8)
        return try RunningProgram("baresip", ["-f", files.url.path, "-v", "-s", "-t", "120"], takesInput: true)
    }

    /// What a telephone has heard, once it has hung up.
    static func heard(_ files: TemporaryFolder) async throws -> [Int16] {
        let folder = URL(filePath: files.path("heard"))
        return try await Waiting.until {
            let all = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            guard let file = all.first(where: { $0.path.hasSuffix("dec.wav") }) else { return nil }
            let samples = try? WaveFile.samples(parsing: [UInt8](Data(contentsOf: file)))
            return samples?.isEmpty == false ? samples : nil
        }
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

    private static func configuration(port: Int, heard: String, tone: String) -> String {
        """
        poll_method epoll
        call_local_timeout 60
        call_max_calls 4
        sip_listen 127.0.0.1:\(port)
        net_interface 127.0.0.1
        audio_player aubridge,null
        audio_source aufile,\(tone)
        audio_alert aubridge,alert
        audio_srate 8000
        audio_channels 1
        audio_txmode thread
        rtp_ports \(41_500 + 20 * (port % 20))-\(41_519 + 20 * (port % 20))
        jitter_buffer_delay 5-10
        module_path /usr/lib/baresip/modules
        module g711.so
        module srtp.so
        module aufile.so
        module aubridge.so
        module sndfile.so
        module_tmp account.so
        module_app menu.so
        snd_path \(heard)

        """
    }
}
