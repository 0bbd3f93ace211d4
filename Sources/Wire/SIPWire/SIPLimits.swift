/// The bounds of what is read from the network.
package struct SIPLimits: Sendable {
    /// Bytes of a whole message. Default 65,535, the most that UDP carries.
    package var messageBytes = 65_535
    /// Header fields of a message. Default 128.
    package var headerFields = 128
    /// Bytes of one header field, folded lines included. Default 8,192.
    package var headerBytes = 8192

    /// Makes the default bounds.
    package init() {}
}
