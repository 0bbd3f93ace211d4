import RTPWire

/// The two laws of G.711.
package enum CompandingLaw: Sendable {
    /// A-law.
    case pcma
    /// u-law.
    case pcmu

    var other: CompandingLaw { self == .pcma ? .pcmu : .pcma }

    /// The linear sample of each byte.
    var linear: [Int16] { self == .pcma ? G711.linearOfALaw : G711.linearOfULaw }

    /// The byte of the other law nearest to each byte.
    var translation: [UInt8] { self == .pcma ? G711.uLawOfALaw : G711.aLawOfULaw }

    /// Writes linear samples as bytes of this law; there must be room for them.
    func encode(_ samples: UnsafeBufferPointer<Int16>, to bytes: UnsafeMutableRawBufferPointer) {
        // One look-up of the table for all samples.
        switch self {
        case .pcma:
            let table = G711.aLawOfLinear
            for index in samples.indices { unsafe bytes[index] = table[Int(samples[index] >> 3) + 4096] }
        case .pcmu:
            let table = G711.uLawOfLinear
            for index in samples.indices { unsafe bytes[index] = table[Int(samples[index] >> 2) + 8192] }
        }
    }
}
