import Foundation
import RTPWire

/// u-law in base 64, as the messages of media streams carry it (RFC 4648 section 4).
enum MuLaw {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// How many characters samples become.
    static func base64Count(_ samples: Int) -> Int { (samples + 2) / 3 * 4 }

    /// Writes samples behind `output`, without any other buffer: this is done fifty times a second for each stream.
    static func append(_ samples: [Int16], to output: inout [UInt8]) {
        var index = 0
        while index < samples.count {
            let count = min(3, samples.count - index)
            var bits: UInt32 = 0
            for step in 0..<3 {
                bits = bits << 8 | (step < count ? UInt32(G711.uLaw(samples[index + step])) : 0)
            }
            for step in 0..<4 {
                let digit = Int(bits >> UInt32(18 - 6 * step) & 63)
                output.append(step <= count ? alphabet[digit] : UInt8(ascii: "="))
            }
            index += 3
        }
    }

    /// Reads samples; nil when the text is not base 64.
    static func samples(_ text: String) -> [Int16]? {
        guard let bytes = Data(base64Encoded: text) else { return nil }
        let table = G711.linearOfULaw
        return bytes.map { table[Int($0)] }
    }
}
