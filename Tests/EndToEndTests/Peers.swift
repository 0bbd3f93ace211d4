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
        port: Int,
        _ options: String...,
        files: TemporaryFolder
    ) throws -> RunningProgram {
        let tone = ToneGenerator.samples(hertz: 1000, duration: .seconds(10))
        try Data(tone.map { G711.aLaw($0) }).write(to: files.url.appending(path: "tone.al"))
        return try RunningProgram(
            "sipp",
            [
                "-sf", "\(folder)/Scenarios/\(scenario).xml", "-i", "127.0.0.1", "-p", "\(port)", "-mi", "127.0.0.1",
                "-m", "1", "-nostdin", "-timeout", "40",
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
