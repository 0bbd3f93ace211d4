import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization

/// Finds out who sends a request: checks digests of trunks and of devices, and challenges those who have none. Whoever asks for a
/// device that does not exist is challenged like everybody else.
final class SIPGate: Sendable {
    enum Identity: Sendable {
        /// They do not say.
        case unproven
        /// A trunk that sends calls by digest.
        case trunk(Identifier)
        /// A device.
        case device(SIPCredential)
        /// A device on a page of a site that its workspace does not let in: 403.
        case elsewhere
        /// What they say is not proven: 401 with these.
        case refused([SIPHeaderField])
    }

    /// An account that a request names, whether it exists or not.
    private struct Account {
        let realm: String
        let secret: DigestHashes
        /// Nil when nobody has the name.
        let identity: Identity?
    }

    private let context: PlatformContext
    private let agent: SIPUserAgent
    private let began = ContinuousClock.now
    private let checker: Mutex<DigestChecker>
    /// What digests of accounts that do not exist are checked with.
    private let nobodysSecret: DigestHashes

    init(_ context: PlatformContext, agent: SIPUserAgent, schemes: [DigestScheme]) {
        self.context = context
        self.agent = agent
        checker = Mutex(DigestChecker(schemes: schemes))
        let password = context.secrets.sign("sip:nobody")
        nobodysSecret = DigestHashes(DigestAccount(username: "", password: password), realm: "")
    }

    /// Checks a request's credentials; a wrong password is held against whoever showed it.
    ///
    /// - Parameter flow: the way that it came by.
    /// - Throws: `DatabaseError`; CryptoKit's error when the master key is not the one that secrets were stored with.
    func identify(_ request: SIPRequest, over flow: SIPFlow) async throws -> Identity {
        guard let credentials = request.headers[.authorization].flatMap({ DigestCredentials($0) }) else {
            return .unproven
        }
        let account = try await account(credentials.username)
        let source = flow.address
        let verdict = checker.withLock {
            $0.check(
                credentials,
                of: request,
                realm: account.realm,
                secret: account.secret,
                source: source,
                at: ContinuousClock.now - began
            )
        }
        if verdict == .accepted, let identity = account.identity { return try await admit(identity, over: flow) }
        if verdict == .wrong || verdict == .accepted { agent.blame(flow, claiming: credentials.username) }
        return .refused(challenge(realm: account.realm, source: source, isStale: verdict == .stale))
    }

    /// By WebSocket nobody is a trunk, and pages may come from some sites only.
    private func admit(_ identity: Identity, over flow: SIPFlow) async throws -> Identity {
        guard let pass = flow.pass as? DevicePass else { return identity }
        guard case .device(let credential) = identity else { return .elsewhere }
        if let origin = pass.origin {
            let allows = AllowOrigin(context)
            guard try await allows(origin, workspaceID: credential.workspaceID) else { return .elsewhere }
        }
        pass.prove(credential)
        return identity
    }

    /// Challenges whoever wants to be a device.
    func challenge(device username: String, source: String) async throws -> [SIPHeaderField] {
        challenge(realm: try await account(username).realm, source: source)
    }

    /// Challenges whoever wants to be a trunk.
    func challengeTrunk(source: String) -> [SIPHeaderField] {
        challenge(realm: TrunkInbound.realm, source: source)
    }

    private func challenge(realm: String, source: String, isStale: Bool = false) -> [SIPHeaderField] {
        checker.withLock {
            $0.challenges(realm: realm, source: source, isStale: isStale, at: ContinuousClock.now - began)
        }.map { SIPHeaderField(.wwwAuthenticate, $0.text) }
    }

    private func account(_ username: String) async throws -> Account {
        guard SIPCredential.isUsername(username) else {
            let trunk = try await ListTrunks(context).digest(ofUsername: username)
            return Account(
                realm: TrunkInbound.realm,
                secret: trunk.map { DigestHashes($0.secret) } ?? nobodysSecret,
                identity: trunk.map { .trunk($0.trunkID) }
            )
        }
        let device = try await ManageSIPCredentials(context).digest(ofUsername: username)
        return Account(
            realm: device?.credential.realm ?? DecoyRealm.text(for: username, context.secrets),
            secret: device.map { DigestHashes($0.secret) } ?? nobodysSecret,
            identity: device.map { .device($0.credential) }
        )
    }
}

extension DigestHashes {
    init(_ secret: DigestSecret) {
        self.init(md5: secret.md5, sha256: secret.sha256)
    }
}
