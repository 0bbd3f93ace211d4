import Foundation
import TestSupport

/// baresip as a telephone that is told what to do while it is in a call, over its control socket.
struct ControlledPhone {
    let program: RunningProgram
    private let controlPort: Int

    /// Starts a telephone with a line of baresip's `accounts`.
    init(account: String, files: TemporaryFolder) throws {
        let (sip, control) = (FreePort.any(), FreePort.any())
        controlPort = control
        let configuration = """
            poll_method epoll
            call_max_calls 4
            sip_listen 127.0.0.1:\(sip)
            net_interface 127.0.0.1
            audio_player aubridge,null
            audio_source aubridge,null
            audio_alert aubridge,alert
            audio_srate 8000
            audio_channels 1
            audio_txmode thread
            rtp_ports \(42_500 + 20 * (sip % 20))-\(42_519 + 20 * (sip % 20))
            module_path /usr/lib/baresip/modules
            module g711.so
            module aubridge.so
            module_tmp account.so
            module_app menu.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen 127.0.0.1:\(control)

            """
        try configuration.write(toFile: files.path("config"), atomically: true, encoding: .utf8)
        try (account + "\n").write(toFile: files.path("accounts"), atomically: true, encoding: .utf8)
        try "".write(toFile: files.path("contacts"), atomically: true, encoding: .utf8)
        program = try RunningProgram("baresip", ["-f", files.url.path, "-v", "-s", "-t", "120"])
    }

    /// Waits until it is registered.
    func registers() async throws {
        try await Waiting.until { [program] in program.output.contains("200 OK") ? true : nil }
    }

    /// Does something; returns when that has been heard.
    func tell(_ command: String, _ parameter: String) async throws {
        let message = #"{"command":"\#(command)","params":"\#(parameter)"}"#
        // A netstring; the answer is another one.
        let script = #"exec 3<>/dev/tcp/127.0.0.1/$0 && printf '%d:%s,' "${#1}" "$1" >&3 && read -r -t 10 -N 1 <&3"#
        try await Command.run("bash", ["-c", script, "\(controlPort)", message])
    }
}
