/// An address and a port, without an allocation.
package struct STUNAddress: Sendable, Hashable {
    /// An IP address, its first byte in the highest bits.
    package enum Host: Sendable, Hashable {
        /// Of four bytes.
        case v4(UInt32)
        /// Of sixteen bytes.
        case v6(UInt64, UInt64)
    }

    /// Where.
    package var host: Host
    /// The port there.
    package var port: UInt16

    /// Makes an address.
    package init(_ host: Host, _ port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Hides the address from translators of addresses, or brings it back: XORs it with the cookie and the transaction (RFC 8489
    /// section 14.2).
    func veiled(by transaction: STUNTransaction) -> STUNAddress {
        let cookie = STUNMessage.cookie
        let port = port ^ UInt16(cookie >> 16)
        switch host {
        case .v4(let bits): return STUNAddress(.v4(bits ^ cookie), port)
        case .v6(let high, let low):
            let mask = UInt64(cookie) << 32 | UInt64(transaction.high)
            return STUNAddress(.v6(high ^ mask, low ^ transaction.low), port)
        }
    }
}
