package import SecureMedia

/// What is to be done after a handshake was moved on.
package struct DTLSStep: Sendable, Equatable {
    /// What has become of the handshake.
    package enum News: Sendable, Equatable {
        /// It is done: packets are protected by these keys.
        case established(SRTPKeys)
        /// It failed, for good.
        case failed(DTLSFault)
        /// The peer has closed what was established.
        case closed
    }

    /// To be sent in this order, whatever the news.
    package var datagrams: [[UInt8]] = []
    /// What has changed.
    package var news: News?
}
