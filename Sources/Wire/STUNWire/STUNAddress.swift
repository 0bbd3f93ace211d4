/// A transport address (RFC 8445 section 4): an address, a port, and what carries packets there. Without an allocation.
package struct STUNAddress: Sendable, Hashable {
    /// An IP address, its first byte in the highest bits.
    package enum Host: Sendable, Hashable {
        /// Of four bytes.
        case v4(UInt32)
        /// Of sixteen bytes.
        case v6(UInt64, UInt64)
    }

    /// What carries packets.
    package enum Transport: Sendable, Hashable {
        /// Datagrams.
        case udp
        /// A stream (RFC 6544).
        case tcp
    }

    /// Where.
    package var host: Host
    /// The port there.
    package var port: UInt16
    /// What carries packets there. No message tells: it is what the message came by.
    package var transport: Transport

    /// Makes an address.
    package init(_ host: Host, _ port: UInt16, _ transport: Transport = .udp) {
        self.host = host
        self.port = port
        self.transport = transport
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
