/// 20 ms that several legs hear, encoded once for each law when the first of them wants it.
struct MixedFrame {
    private(set) var samples = [Int16](repeating: 0, count: 160)
    private var aLaw = [UInt8](repeating: 0, count: 160)
    private var uLaw = [UInt8](repeating: 0, count: 160)
    private var hasALaw = false
    private var hasULaw = false

    /// Makes the samples anew.
    mutating func fill(_ make: (inout [Int16]) -> Void) {
        make(&samples)
        (hasALaw, hasULaw) = (false, false)
    }

    /// The bytes of the samples.
    mutating func encoded(_ law: CompandingLaw) -> [UInt8] {
        switch law {
        case .pcma:
            if !hasALaw { Self.encode(samples, &aLaw, law) }
            hasALaw = true
            return aLaw
        case .pcmu:
            if !hasULaw { Self.encode(samples, &uLaw, law) }
            hasULaw = true
            return uLaw
        }
    }

    private static func encode(_ samples: [Int16], _ bytes: inout [UInt8], _ law: CompandingLaw) {
        unsafe samples.withUnsafeBufferPointer { samples in
            unsafe bytes.withUnsafeMutableBytes { unsafe law.encode(samples, to: $0) }
        }
    }
}
