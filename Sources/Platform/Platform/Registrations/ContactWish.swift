/// A contact that a device wants to be reached at (RFC 3261 section 10.2.1).
package struct ContactWish: Sendable, Equatable {
    /// The URI.
    package let uri: String
    /// How long; nil leaves it to us.
    package let expires: Duration?
    /// Its preference (`q`), in thousandths.
    package let priority: Int
    /// `+sip.instance`: the device, however its address changes (RFC 5626 section 4.1).
    package let instance: String?
    /// `reg-id`: which of the device's own ways this is.
    package let flowNumber: Int?
    /// Whether the way that the REGISTER came by must be used, since the contact's address cannot be.
    package let usesFlow: Bool

    /// The proxies that messages to it take, the first of them first (RFC 3327), as header fields write them.
    package let path: [String]

    /// Makes a wish.
    package init(
        uri: String,
        expires: Duration? = nil,
        priority: Int = 1000,
        instance: String? = nil,
        flowNumber: Int? = nil,
        usesFlow: Bool = false,
        path: [String] = []
    ) {
        self.uri = uri
        self.expires = expires
        self.priority = priority
        self.instance = instance
        self.flowNumber = flowNumber
        self.usesFlow = usesFlow
        self.path = path
    }
}
