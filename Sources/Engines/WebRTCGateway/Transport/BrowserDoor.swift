package import MediaEngine
import SDPWire

/// One TCP port for browsers whose network lets no datagrams through (ICE over TCP, RFC 6544): we are passive, and the first check of a
/// connection tells which call it is of. Who does not know that call's password gets no further.
package final class BrowserDoor: Sendable {
    private let door: ConnectionDoor
    private let guests: BrowserGuests

    /// Listens.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address.
    ///   - port: 0 is any free one.
    /// - Throws: `MediaError.system`.
    package init(host: String, port: Int, limits: ConnectionLimits = ConnectionLimits()) throws(MediaError) {
        let guests = BrowserGuests()
        self.guests = guests
        door = try ConnectionDoor(host: host, port: port, limits: limits) { guests.leg(for: $0) }
    }

    /// The port that candidates name.
    package var port: Int { door.port }

    /// What came of all connections.
    package var counters: ConnectionCounters { door.counters }

    /// Takes no more connections; those that there are stay.
    package func shutDown() { door.shutDown() }

    func expect(_ credentials: ICECredentials, on leg: MediaLeg) { guests.add(credentials, leg) }

    func forget(_ fragment: String) { guests.remove(fragment) }
}
