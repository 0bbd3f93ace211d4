import Foundation
import Logging
import MediaEngine
import SecureMedia

/// Relays RTP between pairs of legs through the media engine: `media-relay same|convert|secured PAIRS REMOTE_BASE [KEY]`.
///
/// When secured, the first leg of each pair has SRTP (AES_CM_128_HMAC_SHA1_80), both ways by the key's 30 bytes, given as
/// hexadecimal digits.
///
/// Leg k's peer is 127.0.0.1:REMOTE_BASE + 2 x k; its own port is printed, one a line. Ends when standard input does.
@main
struct MediaRelay {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let pairs = Int(arguments[2]), let base = Int(arguments[3]) else {
            print("usage: media-relay same|convert|secured PAIRS REMOTE_BASE [KEY]")
            return
        }
        let keys = arguments.count > 4 ? keys(arguments[4]) : nil
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
                    telephoneEventPayloadType: isConverted ? 102 : 101,
                    keys: index % 2 == 0 ? keys : nil
                )
            )
            // Not print(): into a pipe it would keep the ports to itself.
            FileHandle.standardOutput.write(Data("\(leg.localPort)\n".utf8))
        }
        while readLine() != nil {}
        media.shutDown()
    }

    private static func keys(_ text: String) -> SRTPKeys? {
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        guard bytes.count == 30 else { return nil }
        let key = SRTPMasterKey(.aes128CMSHA1Tag80, bytes)
        return SRTPKeys(local: key, remote: key)
    }
}
