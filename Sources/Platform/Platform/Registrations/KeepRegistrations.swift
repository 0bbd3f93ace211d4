import Database
package import Primitives

/// Removes contacts of devices and browsers that cannot be reached any more, and takes over those of nodes that have stopped.
package struct KeepRegistrations: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes a contact whose way is gone; one that has come by another way meanwhile stays.
    ///
    /// - Throws: `DatabaseError`.
    package func drop(_ registration: Registration) async throws {
        _ = try await context.database.write {
            try RegistrationTable.remove(registration.id, at: registration.place, in: $0)
        }
    }

    /// Takes over contacts of dead nodes: by UDP they may still be reached from here, their connections are gone.
    ///
    /// - Returns: what has been taken over.
    /// - Throws: `DatabaseError`.
    package func adopt(nodeID: Identifier) async throws -> [Registration] {
        let lastHeard = context.serverClock.now() - context.settings.nodeTimeout
        return try await context.database.write { tx in
            var adopted: [Registration] = []
            for orphan in try RegistrationTable.orphans(before: lastHeard, in: tx) {
                if orphan.place.transport == .udp {
                    try RegistrationTable.move(orphan.id, to: nodeID, in: tx)
                    adopted.append(orphan.moved(to: nodeID))
                } else {
                    try RegistrationTable.remove(orphan.id, in: tx)
                }
            }
            try BrowserTable.removeOrphans(before: lastHeard, in: tx)
            return adopted
        }
    }

    /// Removes what has expired.
    ///
    /// - Returns: how many.
    /// - Throws: `DatabaseError`.
    package func purge() async throws -> Int {
        let now = context.serverClock.now()
        return try await context.database.write { tx in
            try RegistrationTable.purge(at: now, in: tx) + BrowserTable.purge(at: now, in: tx)
        }
    }
}

extension Registration {
    fileprivate func moved(to nodeID: Identifier) -> Registration {
        Registration(
            id: id,
            credentialID: credentialID,
            contact: contact,
            instance: instance,
            flowNumber: flowNumber,
            usesFlow: usesFlow,
            path: path,
            priority: priority,
            callID: callID,
            number: number,
            place: DevicePlace(
                transport: place.transport,
                address: place.address,
                port: place.port,
                nodeID: nodeID,
                userAgent: place.userAgent
            ),
            registeredAt: registeredAt,
            expiresAt: expiresAt
        )
    }
}
