import Foundation
import TestSupport

/// What baresip wants to find in its folder.
enum BaresipFiles {
    /// Writes the files of one that plays `tone.wav` of its folder, and keeps what it hears in `heard`.
    ///
    /// - Parameters:
    ///   - account: a line of `accounts`.
    ///   - port: where it listens.
    ///   - more: more of its configuration, line by line.
    static func write(account: String, port: Int, _ more: [String] = [], files: TemporaryFolder) throws {
        try FileManager.default.createDirectory(
            atPath: files.path("heard"),
            withIntermediateDirectories: true
        )
        let settings = configuration(port: port, files) + more.map { $0 + "\n" }.joined()
        for (name, text) in [("config", settings), ("accounts", account + "\n"), ("contacts", "")] {
            try text.write(toFile: files.path(name), atomically: true, encoding: .utf8)
        }
    }

    private static func configuration(port: Int, _ files: TemporaryFolder) -> String {
        """
        poll_method epoll
        call_local_timeout 60
        call_max_calls 4
        sip_listen 127.0.0.1:\(port)
        net_interface 127.0.0.1
        audio_player aubridge,null
        audio_source aufile,\(files.path("tone.wav"))
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
        snd_path \(files.path("heard"))

        """
    }
}
