package import Primitives

/// A contact at which a device can be reached for a while: a binding of RFC 3261 section 10.
package struct Registration: Sendable, Equatable {
    /// Its id, the same as long as it is refreshed.
    package let id: Identifier
    /// The credential that registered it; the connection's own id when that is a browser's.
    package let credentialID: Identifier
    /// The URI.
    package let contact: String
    /// The device, however its address changes.
    package let instance: String?
    /// Which of the device's own ways this is.
    package let flowNumber: Int?
    /// Whether its way must be used, since the contact's address cannot be.
    package let usesFlow: Bool
    /// The proxies that messages to it take, the first of them first (RFC 3327), as header fields write them.
    package let path: [String]
    /// Its preference, in thousandths.
    package let priority: Int
    /// By which old requests are known.
    let callID: String
    let number: Int64
    /// Where it is.
    package let place: DevicePlace
    /// When it was last refreshed.
    package let registeredAt: Timestamp
    /// When it ends.
    package let expiresAt: Timestamp

    /// The host of the contact's URI, and its port: without the user's part and the parameters, which may be secrets.
    package var contactHost: String {
        let place = contact.drop { $0 != ":" }.dropFirst()
        let host = place.firstIndex(of: "@").map { place[$0...].dropFirst() } ?? place
        return String(host.prefix { !";?>".contains($0) })
    }

    /// Whether a contact is this one: the same device and way (RFC 5626 section 6), else the same URI.
    func isSame(as wish: ContactWish) -> Bool {
        if let instance = wish.instance, let flowNumber = wish.flowNumber {
            return self.instance == instance && self.flowNumber == flowNumber
        }
        return contact == wish.uri
    }

    /// Whether a request is not newer than the one that made this.
    func isNewer(than wish: RegisterWish) -> Bool {
        callID == wish.callID && number >= wish.number
    }
}
