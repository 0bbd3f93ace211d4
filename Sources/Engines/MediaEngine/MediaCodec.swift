/// How a leg's sound is coded.
package enum MediaCodec: Sendable, Equatable {
    /// G.711.
    case law(CompandingLaw)
    /// Opus (RFC 6716), of which we speak and hear what a telephone would: one voice, up to 4 kHz.
    case opus

    /// G.711 A-law.
    package static let pcma = MediaCodec.law(.pcma)
    /// G.711 u-law.
    package static let pcmu = MediaCodec.law(.pcmu)

    /// Samples a second of its timestamps: those of Opus always count 48,000 (RFC 7587 section 4.1).
    package var clockRate: Int { self == .opus ? 48_000 : 8000 }

    /// Units of its timestamps in one of our samples.
    var unitsPerSample: UInt32 { self == .opus ? 6 : 1 }

    /// Whether packets of this codec become ones of another without being heard in between.
    func passes(as other: MediaCodec) -> Bool { (self == .opus) == (other == .opus) }
}
