package import Primitives

/// The contacts of one credential, or of one browser's connection, as a value, and what a REGISTER makes of them (RFC 3261 section 10.3).
package struct Bindings: Sendable {
    /// All contacts now.
    package private(set) var all: [Registration]
    private let limits: RegistrationLimits

    /// Begins with what is registered.
    package init(_ all: [Registration], limits: RegistrationLimits) {
        self.all = all
        self.limits = limits
    }

    /// Applies all that a request wants, or nothing of it.
    ///
    /// - Parameters:
    ///   - credentialID: whose they are; for a browser its connection's own id.
    ///   - makeID: makes the id of a contact that is new.
    /// - Throws: `RegisterRefusal`.
    package mutating func apply(
        _ wish: RegisterWish,
        of credentialID: Identifier,
        from place: DevicePlace,
        at now: Timestamp,
        makeID: () -> Identifier
    ) throws(RegisterRefusal) {
        all.removeAll { $0.expiresAt <= now }
        switch wish.change {
        case .none: break
        case .removeAll:
            if all.contains(where: { $0.isNewer(than: wish) }) { throw .outOfOrder }
            all = []
        case .contacts(let contacts):
            let isOld = contacts.contains { contact in
                all.contains { $0.isSame(as: contact) && $0.isNewer(than: wish) }
            }
            if isOld { throw .outOfOrder }
            var next = all
            for contact in contacts {
                try Self.apply(contact, wish, of: credentialID, place, limits, now, makeID, to: &next)
            }
            guard next.count <= max(limits.contacts, all.count) else { throw .tooMany }
            all = next
        }
    }

    private static func apply(
        _ contact: ContactWish,
        _ wish: RegisterWish,
        of credentialID: Identifier,
        _ place: DevicePlace,
        _ limits: RegistrationLimits,
        _ now: Timestamp,
        _ makeID: () -> Identifier,
        to all: inout [Registration]
    ) throws(RegisterRefusal) {
        let index = all.firstIndex { $0.isSame(as: contact) }
        if contact.expires == .zero {
            if let index { all.remove(at: index) }
            return
        }
        let expires = min(contact.expires ?? limits.standard, limits.longest)
        guard expires >= limits.shortest else { throw .tooBrief(minimum: limits.shortest) }
        let registration = Registration(
            id: index.map { all[$0].id } ?? makeID(),
            credentialID: credentialID,
            contact: contact.uri,
            instance: contact.instance,
            flowNumber: contact.flowNumber,
            usesFlow: contact.usesFlow,
            path: contact.path,
            priority: contact.priority,
            callID: wish.callID,
            number: wish.number,
            place: place,
            registeredAt: now,
            expiresAt: now + expires
        )
        if let index { all[index] = registration } else { all.append(registration) }
    }
}
