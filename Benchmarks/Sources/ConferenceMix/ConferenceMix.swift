import Foundation
import Logging
import MediaEngine

/// Holds one conference: `conference-mix PARTIES REMOTE_BASE`.
///
/// Party k's peer is 127.0.0.1:REMOTE_BASE + 2 x k; its own port is printed, one a line. Ends when standard input does.
@main
struct ConferenceMix {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let parties = Int(arguments[1]), let base = Int(arguments[2]) else {
            print("usage: conference-mix PARTIES REMOTE_BASE")
            return
        }
        var configuration = MediaConfiguration()
        configuration.ports = 10_000...29_999
        let media = try MediaEngine(configuration: configuration, logger: Logger(label: "conference"))
        let room = media.openRoom()
        for party in 0..<parties {
            let leg = try media.openLeg()
            room.join(leg)
            leg.connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: base + 2 * party,
                    codec: .pcma,
                    payloadType: 8,
                    telephoneEventPayloadType: 101
                )
            )
            // Not print(): into a pipe it would keep the ports to itself.
            FileHandle.standardOutput.write(Data("\(leg.localPort)\n".utf8))
        }
        while readLine() != nil {}
        media.shutDown()
    }
}
