import STUNWire

/// Connections beside the socket of a leg that has a gate.
extension MediaThread {
    /// Tells events of connections from those of sockets.
    static let connectionTag: UInt64 = 1 << 62

    /// Takes a connection, and what was read of it already.
    func adopt(_ connection: PacketConnection, for leg: LegState) {
        guard leg.gate != nil else { return connection.close() }
        let place = leg.admit(connection)
        watch(connection, at: place, of: leg)
        deliver(connection, of: leg)
    }

    /// Hears the connections of a leg that has come here.
    func watchConnections(of leg: LegState) {
        for (place, connection) in leg.connections.enumerated() { watch(connection, at: place, of: leg) }
    }

    /// Reads the connection that an event is of.
    func receiveConnection(_ tag: UInt64) {
        let (slot, place) = (Int(tag >> 8 & 0xFFFF_FFFF), Int(tag & 0xFF))
        guard slot < legs.count, let leg = legs[slot], place < leg.connections.count else { return }
        let connection = leg.connections[place]
        guard connection.isOpen else { return }
        let goesOn = unsafe connection.read(through: io.stream)
        deliver(connection, of: leg)
        if !goesOn { connection.close() }
    }

    private func watch(_ connection: PacketConnection, at place: Int, of leg: LegState) {
        guard connection.isOpen else { return }
        watch(connection.descriptor, tag: Self.connectionTag | UInt64(leg.slot) << 8 | UInt64(place))
    }

    /// Does with each packet what is done with datagrams.
    private func deliver(_ connection: PacketConnection, of leg: LegState) {
        let now = Self.now()
        while let count = unsafe connection.next(into: io.slot(0)) {
            io.resize(0, to: count)
            packetsSinceBeat += 1
            let peer = listener(of: leg)
            guard take(0, of: leg, over: connection, for: peer, now), let peer else { continue }
            io.sendStaged(stage(0, at: 0, for: peer), by: peer.rtp)
        }
    }
}

extension LegState {
    /// As many as a browser could want that has moved a few times.
    private static let mostConnections = 4

    /// Keeps a connection; one that is closed makes room for it, or else one that packets do not go to.
    func admit(_ connection: PacketConnection) -> Int {
        if connections.count < Self.mostConnections {
            connections.append(connection)
            return connections.count - 1
        }
        var place = connections.firstIndex { !$0.isOpen } ?? nextConnection
        if connections[place] === self.connection { place = (place + 1) % connections.count }
        nextConnection = (place + 1) % connections.count
        drops.unsent += connections[place].unsent
        connections[place].close()
        connections[place] = connection
        return place
    }

    /// The connection that comes from an address.
    func connection(from address: STUNAddress) -> PacketConnection? {
        connections.last { $0.isOpen && $0.remote == address }
    }
}
