/// Why a WebSocket is closed, as its peer is told (RFC 6455 section 7.4).
package struct SocketCloseCode: RawRepresentable, Sendable, Equatable {
    /// The number on the wire.
    package let rawValue: UInt16

    /// Makes a code of any number.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The purpose is fulfilled.
    package static let normal = SocketCloseCode(rawValue: 1000)
    /// Whoever closes goes away.
    package static let goingAway = SocketCloseCode(rawValue: 1001)
    /// A rule of the protocol was broken.
    package static let protocolError = SocketCloseCode(rawValue: 1002)
    /// A text is not UTF-8.
    package static let invalidText = SocketCloseCode(rawValue: 1007)
    /// Something is not put up with.
    package static let policy = SocketCloseCode(rawValue: 1008)
    /// A message is too large.
    package static let tooLarge = SocketCloseCode(rawValue: 1009)
    /// Whoever closes cannot go on.
    package static let internalError = SocketCloseCode(rawValue: 1011)

    /// Whether it may be sent (sections 7.4.1 and 7.4.2): 1004 to 1006 and 1015 are only ever written about.
    var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
