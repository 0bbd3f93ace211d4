import Glibc
import RTPWire

/// The tones of keys (ITU-T Q.23).
package enum DTMF {
    /// The frequencies of rows, then those of columns.
    package static let hertz: [Double] = [697, 770, 852, 941, 1209, 1336, 1477, 1633]
    /// The event code (RFC 4733 table 3) of each row and column.
    static let codes: [[UInt8]] = [[1, 2, 3, 12], [4, 5, 6, 13], [7, 8, 9, 14], [10, 0, 11, 15]]
    /// How long we press a key, in frames of 20 ms.
    static let frames = 5

    /// One press of each key by its event code, ready to be sent: the column 2 dB above the row (ITU-T Q.24 allows 4).
    static let presses: [[Int16]] = (0..<16).map { code in
        for row in 0..<4 {
            guard let column = codes[row].firstIndex(of: UInt8(code)) else { continue }
            return press(hertz[row], hertz[4 + column])
        }
        return []
    }

    private static func press(_ low: Double, _ high: Double) -> [Int16] {
        let count = frames * 160
        let (lowPeak, highPeak) = (SpeechLevel.amplitude(dBm0: -8), SpeechLevel.amplitude(dBm0: -6))
        return (0..<count).map { index in
            let time = 2 * Double.pi * Double(index) / 8000
            // 2 ms in and out, so that it does not click.
            let edge = min(1, Double(min(index, count - 1 - index)) / 16)
            return Int16(edge * (lowPeak * sin(low * time) + highPeak * sin(high * time)))
        }
    }
}
