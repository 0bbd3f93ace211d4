import Foundation
import Logging
import MediaEngine

/// Relays RTP between pairs of legs through the media engine: `media-relay same|convert PAIRS REMOTE_BASE`.
///
/// Leg k's peer is 127.0.0.1:REMOTE_BASE + 2 x k; its own port is printed, one a line. Ends when standard input does.
@main
struct MediaRelay {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let pairs = Int(arguments[2]), let base = Int(arguments[3]) else {
            print("usage: media-relay same|convert PAIRS REMOTE_BASE")
            return
        }
        var configuration = MediaConfiguration()
        configuration.ports = 10_000...29_999
        let media = try MediaEngine(configuration: configuration, logger: Logger(label: "relay"))
        let legs = try (0..<(2 * pairs)).map { _ in try media.openLeg() }
        for index in stride(from: 0, to: legs.count, by: 2) { legs[index].bridge(to: legs[index + 1]) }
        for (index, leg) in legs.enumerated() {
            let isConverted = arguments[1] == "convert" && index % 2 == 1
            leg.connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: base + 2 * index,
                    codec: isConverted ? .pcmu : .pcma,
                    // The load sends payload type 8 to every leg; a leg of the other law must accept it all the same.
                    payloadType: 8,
                    telephoneEventPayloadType: isConverted ? 102 : 101
                )
            )
            // Not print(): into a pipe it would keep the ports to itself.
            FileHandle.standardOutput.write(Data("\(leg.localPort)\n".utf8))
        }
        while readLine() != nil {}
        media.shutDown()
    }
}
