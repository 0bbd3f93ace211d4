import Database
package import Primitives

/// Notes where a device can be reached: what a REGISTER asks for, all of it or nothing.
package struct RegisterDevice: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Registers for a credential whose password has been proven.
    ///
    /// - Returns: all contacts of the credential then.
    /// - Throws: `RegisterRefusal`; `DatabaseError`.
    package func callAsFunction(
        _ credentialID: Identifier,
        _ wish: RegisterWish,
        from place: DevicePlace
    ) async throws -> [Registration] {
        let now = context.serverClock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            guard try SIPCredentialTable.hold(credentialID, in: tx) else { throw RegisterRefusal.gone }
            let before = try RegistrationTable.all(of: credentialID, in: tx)
            var bindings = Bindings(before, limits: context.settings.registrations)
            try bindings.apply(wish, of: credentialID, from: place, at: now) { context.ids.next() }
            if bindings.all != before { try RegistrationTable.replace(of: credentialID, by: bindings.all, in: tx) }
            return bindings.all
        }
    }
}
