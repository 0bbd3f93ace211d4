import Glibc

/// Levels of sound as the telephone network counts them: 0 dBm0 is a sine 3.14 dB below the loudest that A-law can say.
package enum SpeechLevel {
    /// The mean square of linear samples at a level.
    package static func meanSquare(dBm0 level: Double) -> Float {
        let loudestSine = 32_768.0 * 32_768 / 2
        return Float(loudestSine * pow(10, (level - 3.14) / 10))
    }

    /// The peak of a sine at a level.
    package static func amplitude(dBm0 level: Double) -> Double {
        Double(2 * meanSquare(dBm0: level)).squareRoot()
    }

    /// The mean square of samples; 0 for none.
    package static func meanSquare(_ samples: UnsafeBufferPointer<Int16>) -> Float {
        var sum: Int64 = 0
        for index in samples.indices {
            let sample = Int64(unsafe samples[index])
            sum &+= sample &* sample
        }
        return samples.isEmpty ? 0 : Float(sum) / Float(samples.count)
    }
}
