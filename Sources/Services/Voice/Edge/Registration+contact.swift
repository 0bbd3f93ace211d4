import Platform
import Primitives
import SIPStack
import SIPWire

extension Registration {
    /// As it stands in a 200 (RFC 3261 section 10.3, step 8).
    func contactField(at now: Timestamp) -> SIPHeaderField {
        var text = "<\(contact)>;expires=\(max(1, (expiresAt - now).components.seconds))"
        if priority < 1000 {
            let digits = String(priority)
            text += ";q=0." + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
        if let instance { text += ";+sip.instance=\"\(instance.filter { $0 != "\"" && $0 != "\\" })\"" }
        if let flowNumber { text += ";reg-id=\(flowNumber)" }
        return SIPHeaderField(.contact, text)
    }

    /// The proxies that messages to the contact take (RFC 3327 section 5.4).
    var route: [NameAddress] { path.compactMap { DevicePath.proxy($0) } }

    /// The way to a contact that can be reached by its own address over UDP; nil when it cannot be.
    var directFlow: SIPFlow? {
        guard place.transport == .udp else { return nil }
        guard !usesFlow, let uri = SIPURI(contact) else {
            return SIPFlow(udpAddress: place.address, port: place.port)
        }
        return SIPFlow(udpAddress: uri.host, port: uri.port ?? 5060)
    }
}
