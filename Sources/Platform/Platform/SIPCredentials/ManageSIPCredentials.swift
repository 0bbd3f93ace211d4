import Database
package import Primitives

/// Makes, lists, rotates and revokes the SIP credentials of a number.
package struct ManageSIPCredentials: Sendable {
    /// A credential with its password.
    package struct Created: Sendable {
        /// The credential.
        package let credential: SIPCredential
        /// The digest's password; shown this once.
        package let password: String
        /// Whether an equal request with this `Idempotency-Key` had made it before.
        package let isReplay: Bool
    }

    /// Credentials that a number may have at once.
    static let most = 20

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Those that work, oldest first.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`; `DatabaseError`.
    package func all(number reference: String, workspaceID: Identifier) async throws -> [SIPCredential] {
        try await context.database.read { tx in
            let number = try NumberReference.require(reference, of: workspaceID, in: tx)
            return try SIPCredentialTable.all(of: number.id, in: tx)
        }
    }

    /// Makes one.
    ///
    /// - Parameters:
    ///   - label: 1 to 100 characters.
    ///   - idempotency: makes a repetition answer as the first did, password and all.
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.not_assigned`, `sip_credentials.too_many`,
    ///   `workspace.suspended`, or naming the field; `DatabaseError`.
    package func create(
        number reference: String,
        workspaceID: Identifier,
        label: String,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Created {
        if let fault = PlatformError(WorkspaceDraft.faults(name: label, field: "label")) { throw fault }
        let now = context.clock.now()
        let (id, username, password) = (context.ids.next(), "u" + letters(SIPCredential.usernameLetters), letters(26))
        return try await context.database.write { tx in
            let number = try owned(reference, workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: id, at: now, in: tx), let password = earlier.note {
                let known = try require(earlier.id, of: number.id, in: tx)
                return Created(credential: known, password: password, isReplay: true)
            }
            guard try SIPCredentialTable.all(of: number.id, in: tx).count < Self.most else {
                throw PlatformError(
                    .tooManyCredentials,
                    "A number has at most \(Self.most) SIP credentials. Revoke one first."
                )
            }
            let credential = SIPCredential(
                id: id,
                numberID: number.id,
                workspaceID: workspaceID,
                label: label,
                username: username,
                createdAt: now,
                rotatedAt: nil,
                revokedAt: nil
            )
            try SIPCredentialTable.insert(credential, sealedDigest: try sealed(password, of: credential), in: tx)
            try once.keep(password, in: tx)
            try note(.sipCredentialCreated, nil, credential, in: tx)
            return Created(credential: credential, password: password, isReplay: false)
        }
    }

    /// Gives one a new password; calls that are up go on, since it is checked when they begin.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did, password and all.
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.not_assigned`, `sip_credentials.not_found` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func rotate(
        _ id: Identifier,
        number reference: String,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Created {
        let now = context.clock.now()
        let password = letters(26)
        return try await context.database.write { tx in
            let number = try owned(reference, workspaceID, in: tx)
            let before = try require(id, of: number.id, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let password = try once.earlier(making: id, at: now, in: tx)?.note {
                return Created(credential: before, password: password, isReplay: true)
            }
            try SIPCredentialTable.setDigest(try sealed(password, of: before), of: id, at: now, in: tx)
            try once.keep(password, in: tx)
            let after = try require(id, of: number.id, in: tx)
            try note(.sipCredentialRotated, before, after, in: tx)
            return Created(credential: after, password: password, isReplay: false)
        }
    }

    /// Revokes one, at once and for ever; also in a suspended workspace, since a leaked password must be stopped.
    ///
    /// - Throws: `PlatformError` `numbers.not_found` or `sip_credentials.not_found`; `DatabaseError`.
    package func revoke(_ id: Identifier, number reference: String, workspaceID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            let number = try NumberReference.require(reference, of: workspaceID, in: tx)
            let before = try require(id, of: number.id, in: tx)
            guard try SIPCredentialTable.revoke(id, at: now, in: tx) else { throw Self.unknown }
            try note(.sipCredentialRevoked, before, nil, in: tx)
        }
    }

    /// What a registrar checks a device's digest with; nil when no working credential has the name.
    ///
    /// - Throws: `DatabaseError`; CryptoKit's error when the master key is not the one it was stored with.
    package func digest(ofUsername username: String) async throws -> (credential: SIPCredential, secret: DigestSecret)?
    {
        try await context.database.read { tx in
            guard let found = try SIPCredentialTable.find(username: username, in: tx) else { return nil }
            let text = try context.secrets.open(found.sealedDigest, context: Self.sealing(found.credential.id))
            return DigestSecret(text: text).map { (found.credential, $0) }
        }
    }

    private static let unknown = PlatformError(
        .credentialNotFound,
        "This number has no such SIP credential. GET /v1/numbers/{id}/sip-credentials lists them."
    )

    private static func sealing(_ id: Identifier) -> String { "sip-credential:\(id)" }

    private func owned(_ reference: String, _ workspaceID: Identifier, in tx: SQLTransaction) throws -> VoiceNumber {
        _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
        let number = try NumberReference.require(reference, of: workspaceID, in: tx)
        guard number.status != .released else { throw ReleaseNumber.notAssigned }
        return number
    }

    /// One that works.
    private func require(_ id: Identifier, of numberID: Identifier, in tx: SQLTransaction) throws -> SIPCredential {
        guard let found = try SIPCredentialTable.find(id, of: numberID, in: tx), found.revokedAt == nil else {
            throw Self.unknown
        }
        return found
    }

    private func sealed(_ password: String, of credential: SIPCredential) throws -> [UInt8] {
        let digest = DigestSecret(username: credential.username, realm: credential.realm, password: password)
        return try context.secrets.seal(digest.text, context: Self.sealing(credential.id))
    }

    private func note(
        _ action: AuditAction,
        _ before: SIPCredential?,
        _ after: SIPCredential?,
        in tx: SQLTransaction
    ) throws {
        guard let credential = after ?? before else { return }
        try RecordAudit(context)(
            action,
            of: credential.id,
            before: before?.auditView ?? .null,
            after: after?.auditView ?? .null,
            workspaceID: credential.workspaceID,
            in: tx
        )
    }

    /// Random letters of the 31, so 26 carry 128 bits.
    private func letters(_ count: Int) -> String {
        var letters: [UInt8] = []
        while letters.count < count {
            letters += context.ids.secret(byteCount: 32).filter { $0 < 248 }.map {
                SIPCredential.alphabet[Int($0) % SIPCredential.alphabet.count]
            }
        }
        return String(decoding: letters.prefix(count), as: UTF8.self)
    }
}
