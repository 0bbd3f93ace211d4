import MediaEngine
import SDPWire
import STUNWire
import Synchronization

/// Whose checks are waited for at a door, by the fragment of our user name.
final class BrowserGuests: Sendable {
    private struct Guest {
        let password: String
        let leg: MediaLeg
    }

    private let guests = Mutex<[String: Guest]>([:])

    func add(_ credentials: ICECredentials, _ leg: MediaLeg) {
        guests.withLock { $0[credentials.fragment] = Guest(password: credentials.password, leg: leg) }
    }

    func remove(_ fragment: String) {
        guests.withLock { _ = $0.removeValue(forKey: fragment) }
    }

    /// The leg that a packet is a good check for. The leg answers it, which this does not.
    func leg(for packet: ArraySlice<UInt8>) -> MediaLeg? {
        unsafe packet.withUnsafeBytes { unsafe leg(for: $0) }
    }

    private func leg(for packet: UnsafeRawBufferPointer) -> MediaLeg? {
        guard let message = unsafe try? STUNMessage(parsing: packet), message.type == STUNType(.request),
            unsafe message.isIntact(in: packet), let username = message.username, message.hasIntegrity
        else { return nil }
        let name = unsafe String(decoding: packet[username].prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        guard let guest = guests.withLock({ $0[name] }), let key = IntegrityKey(password: guest.password) else {
            return nil
        }
        return unsafe message.isSigned(by: key, in: packet) ? guest.leg : nil
    }
}
