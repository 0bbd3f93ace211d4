package import STUNWire
package import SecureMedia

/// What a browser's way to us reports: hand it on and return at once.
package enum BrowserNews: Sendable, Equatable {
    /// The browser has chosen where it is, for the first time or anew.
    case nominated(STUNAddress)
    /// The handshake is done: connect the leg with these keys.
    case secured(SRTPKeys)
    /// The handshake failed, for good.
    case failed(DTLSFault)
    /// The browser has closed what the handshake made.
    case closed
    /// The browser has not been heard for too long: nothing is sent until it is.
    case consentLost
    /// It is heard again.
    case consentRegained
}
