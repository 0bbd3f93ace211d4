extension MediaLeg {
    /// Takes a connection that has shown that it is for this leg; it is closed when there is no leg any more.
    func adopt(_ connection: PacketConnection) {
        let isAccepted = post { leg, thread in
            if let leg { thread.adopt(connection, for: leg) } else { connection.close() }
        }
        if !isAccepted { connection.close() }
    }
}
