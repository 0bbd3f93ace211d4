package import STUNWire

/// What a gate needs of its leg.
extension MediaLeg {
    /// Sends a datagram as it is from the leg's first port; what does not fit into a packet, or cannot be reached, is not sent.
    package func transmit(_ datagram: [UInt8], to address: STUNAddress) {
        onLeg { leg, thread in thread.transmit(datagram, of: leg, to: address) }
    }

    /// Does something on the media thread, where the gate is; `isOpen` tells whether the leg is still there.
    package func atGate(_ work: @escaping @Sendable (_ isOpen: Bool) -> Void) {
        let isAccepted = post { leg, _ in work(leg != nil) }
        if !isAccepted { work(false) }
    }
}
