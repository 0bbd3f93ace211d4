import Glibc

/// The low-pass that changes between 8 and 16 kHz: flat to 3.4 kHz, 60 dB down from 4.6 kHz, and half its taps are zero.
enum HalfBandFilter {
    /// Pairs of taps beside the middle one.
    static let pairs = 16

    /// The taps at distances 1, 3, 5, … from the middle one, which is a half.
    static let taps: [Float] = {
        let reach = Double(2 * pairs)
        let ideal = (1...pairs).map { pair -> Double in
            let distance = Double(2 * pair - 1)
            let place = distance / reach
            let window = bessel(beta * (1 - place * place).squareRoot()) / bessel(beta)
            return sin(.pi * distance / 2) / (.pi * distance) * window
        }
        // Together with the middle tap they let a constant through unchanged.
        let sum = 2 * ideal.reduce(0, +)
        return ideal.map { Float($0 * 0.5 / sum) }
    }()

    /// A Kaiser window for 70 dB.
    private static let beta = 6.76

    /// The modified Bessel function of order zero.
    private static func bessel(_ value: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for step in 1...30 {
            term *= (value / (2 * Double(step))) * (value / (2 * Double(step)))
            sum += term
        }
        return sum
    }
}
