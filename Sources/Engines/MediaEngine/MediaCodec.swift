/// The two laws of G.711.
package enum MediaCodec: Sendable {
    /// A-law.
    case pcma
    /// u-law.
    case pcmu
}
