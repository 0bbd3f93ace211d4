import Platform
import SIPStack
import SIPWire

extension RegisterWish {
    /// Contacts of one request; more are a mistake.
    private static let mostContacts = 20
    private static let longestURI = 500

    /// Reads what a REGISTER asks for (RFC 3261 section 10.3); nil when it makes no sense.
    ///
    /// - Parameter path: the proxies on the way to its contacts.
    init?(_ incoming: IncomingRequest, path: [NameAddress] = []) {
        let headers = incoming.request.headers
        guard let callID = headers.callID, callID.utf8.count <= 255, let number = headers.cseq?.number else {
            return nil
        }
        let general = headers[.expires].map { Self.seconds($0) }
        let contacts = headers.list(.contact)
        if contacts.contains("*") {
            guard contacts.count == 1, case .some(.some(.zero)) = general else { return nil }
            self.init(callID: callID, number: Int64(number), change: .removeAll)
            return
        }
        guard contacts.count <= Self.mostContacts else { return nil }
        var wishes: [ContactWish] = []
        for text in contacts {
            guard let contact = NameAddress(text), let wish = Self.wish(contact, general ?? nil, incoming, path)
            else {
                return nil
            }
            wishes.append(wish)
        }
        self.init(callID: callID, number: Int64(number), change: wishes.isEmpty ? .none : .contacts(wishes))
    }

    private static func wish(
        _ contact: NameAddress,
        _ general: Duration?,
        _ incoming: IncomingRequest,
        _ path: [NameAddress]
    ) -> ContactWish? {
        let uri = contact.uri.text
        guard uri.utf8.count <= longestURI else { return nil }
        let instance = contact.parameters["+sip.instance"]
        if let instance, instance.utf8.count > 200 { return nil }
        return ContactWish(
            uri: uri,
            // What cannot be read counts as nothing said (section 10.2.1.1).
            expires: contact.parameters["expires"].flatMap { seconds($0) } ?? general,
            priority: contact.parameters["q"].flatMap { thousandths($0) } ?? 1000,
            instance: instance,
            flowNumber: contact.parameters["reg-id"].flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil },
            usesFlow: usesFlow(contact.uri, incoming),
            path: DevicePath.text(path)
        )
    }

    /// Whether messages must go back the way the REGISTER came: by its connection, through the proxies that relayed it, to where
    /// NAT sent it from, or because the device says so (`ob`, RFC 5626 section 4.3).
    private static func usesFlow(_ uri: SIPURI, _ incoming: IncomingRequest) -> Bool {
        let flow = incoming.flow
        if flow.transport != .udp || uri.parameters.has("ob") { return true }
        // Who relayed it has added a Via of its own, and may be the only one that the device lets in.
        if incoming.request.headers.list(.via).count > 1 { return true }
        guard uri.host == flow.address else { return true }
        // Another port: NAT, unless the device sends from one port and listens at another.
        let asksForPort = incoming.request.headers.topVia?.parameters.has("rport") == true
        return (uri.port ?? 5060) != flow.port && asksForPort
    }

    private static func seconds(_ text: String) -> Duration? {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text).map { .seconds($0) }
    }

    /// `0.75` as 750 (RFC 3261 section 20.10); nil for what is not between 0 and 1.
    private static func thousandths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0...1).contains(whole) else { return nil }
        let digits = parts.count == 2 ? parts[1] : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let fraction = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count)) ?? 0
        return whole * 1000 + fraction <= 1000 ? whole * 1000 + fraction : nil
    }
}
