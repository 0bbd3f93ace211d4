/// G.711 (ITU-T): eight-bit logarithmic samples at 8 kHz. Everything is a table look-up.
package enum G711 {
    /// 16-bit linear sample of each A-law byte.
    package static let linearOfALaw: [Int16] = (0...255).map { expand(aLaw: UInt8($0)) }
    /// 16-bit linear sample of each u-law byte.
    package static let linearOfULaw: [Int16] = (0...255).map { expand(uLaw: UInt8($0)) }
    /// The u-law byte nearest to each A-law byte.
    package static let uLawOfALaw: [UInt8] = linearOfALaw.map(uLaw)
    /// The A-law byte nearest to each u-law byte.
    package static let aLawOfULaw: [UInt8] = linearOfULaw.map(aLaw)
    /// A-law bytes of linear samples, by their upper 13 bits, offset by 4,096.
    package static let aLawOfLinear: [UInt8] = (-4096...4095).map { compress(toALaw: $0) }
    /// u-law bytes of linear samples, by their upper 14 bits, offset by 8,192.
    package static let uLawOfLinear: [UInt8] = (-8192...8191).map { compress(toULaw: $0) }

    /// The A-law byte of a linear sample.
    package static func aLaw(_ sample: Int16) -> UInt8 {
        aLawOfLinear[Int(sample >> 3) + 4096]
    }

    /// The u-law byte of a linear sample.
    package static func uLaw(_ sample: Int16) -> UInt8 {
        uLawOfLinear[Int(sample >> 2) + 8192]
    }

    private static func expand(aLaw code: UInt8) -> Int16 {
        let bits = code ^ 0x55
        let exponent = Int(bits >> 4 & 7)
        let mantissa = Int(bits & 15)
        // Sixteen steps a segment; values sit in the middle of their step.
        let magnitude = exponent == 0 ? mantissa << 4 + 8 : (mantissa << 4 + 0x108) << (exponent - 1)
        return Int16(bits & 0x80 != 0 ? magnitude : -magnitude)
    }

    private static func expand(uLaw code: UInt8) -> Int16 {
        let bits = ~code
        let exponent = Int(bits >> 4 & 7)
        let magnitude = (Int(bits & 15) << 3 + 0x84) << exponent - 0x84
        return Int16(bits & 0x80 != 0 ? -magnitude : magnitude)
    }

    /// - Parameter value: a 13-bit sample, -4,096 to 4,095.
    private static func compress(toALaw value: Int) -> UInt8 {
        let isPositive = value >= 0
        let magnitude = isPositive ? value : -value - 1
        var exponent = 0
        while exponent < 7, magnitude >> (exponent + 5) != 0 { exponent += 1 }
        let mantissa = exponent < 2 ? magnitude >> 1 & 15 : magnitude >> exponent & 15
        let code = UInt8(exponent << 4 | mantissa)
        return (code | (isPositive ? 0x80 : 0)) ^ 0x55
    }

    /// - Parameter value: a 14-bit sample, -8,192 to 8,191.
    private static func compress(toULaw value: Int) -> UInt8 {
        let isNegative = value < 0
        let magnitude = min((isNegative ? -value : value) + 33, 8191)
        var exponent = 7
        while exponent > 0, magnitude & (1 << (exponent + 5)) == 0 { exponent -= 1 }
        let mantissa = magnitude >> (exponent + 1) & 15
        return ~UInt8((isNegative ? 0x80 : 0) | exponent << 4 | mantissa)
    }
}
