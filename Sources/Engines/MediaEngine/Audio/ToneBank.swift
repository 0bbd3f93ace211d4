import Glibc

/// Measures how much of 20 ms of sound is at each of some frequencies, and in which phase: one row of a Fourier transform
/// each, under a Hann window, which keeps the tones of a key out of each other's way.
struct ToneBank {
    /// Samples looked at together: 20 ms.
    static let length = 160

    /// What is at a frequency.
    struct Part {
        /// The mean square of a sine that gives this reading.
        var power: Float = 0
        /// In radians, against the beginning of the window.
        var phase: Float = 0
    }

    private let cosines: [Float]
    private let sines: [Float]
    /// The window's own gain for a sine, squared, as `power` wants it.
    private let scale: Float

    init(_ hertz: [Double]) {
        var (cosines, sines): ([Float], [Float]) = ([], [])
        for frequency in hertz {
            for index in 0..<Self.length {
                let angle = 2 * Double.pi * frequency * Double(index) / 8000
                cosines.append(Float(cos(angle)) * Self.window(index))
                sines.append(Float(sin(angle)) * Self.window(index))
            }
        }
        self.cosines = cosines
        self.sines = sines
        // A sine of amplitude A reads A x (sum of the window) / 2.
        let sum = Float(Self.length) / 2
        scale = 2 / (sum * sum)
    }

    /// The part of frequency number `place`, in samples of which the oldest is at `start` of a ring.
    func measure(_ place: Int, _ samples: [Float]) -> Part {
        var (real, imaginary): (Float, Float) = (0, 0)
        let first = place * Self.length
        for index in 0..<Self.length {
            real += samples[index] * cosines[first + index]
            imaginary -= samples[index] * sines[first + index]
        }
        return Part(power: (real * real + imaginary * imaginary) * scale, phase: atan2f(imaginary, real))
    }

    /// The mean square of the samples under the window, on the same scale as `Part.power`.
    static func power(_ samples: [Float]) -> Float {
        var sum: Float = 0
        for index in 0..<length { sum += samples[index] * samples[index] * squaredWindow[index] }
        // The mean of a squared Hann window is 3/8.
        return sum / (Float(length) * 0.375)
    }

    private static let squaredWindow: [Float] = (0..<length).map { window($0) * window($0) }

    private static func window(_ index: Int) -> Float {
        Float(0.5 - 0.5 * cos(2 * Double.pi * (Double(index) + 0.5) / Double(length)))
    }
}
