package import SDPWire
package import STUNWire

/// A lite agent of ICE (RFC 8445 section 2.5), always controlled, as a value: it answers checks, notices where the peer has chosen to
/// be, and when it is no longer there. It sends no checks of its own. Of one thread at a time.
package struct ICELiteAgent {
    private let limits: ICELimits
    private var current: ICEGeneration
    /// The generation before a restart, until the peer has chosen anew.
    private var former: (generation: ICEGeneration, end: Duration)?
    /// Where good checks came from.
    private var addresses: [STUNAddress] = []
    private var nextAddress = 0
    /// Where the peer has chosen to be.
    package private(set) var selected: STUNAddress?
    /// Whether the peer has shown lately that it wants our packets.
    package private(set) var hasConsent = false
    /// What came of all datagrams.
    package private(set) var counters = ICECounters()
    private var lastCheck: Duration = .zero
    /// Whether the peer does without checks.
    private var isTrusting = false
    private var peerChecks: TokenBucket
    private var otherChecks: TokenBucket
    private var refusals: TokenBucket

    /// Makes an agent; nil when the library for codes does not work here.
    package init?(_ credentials: ICECredentials, limits: ICELimits = ICELimits()) {
        guard let generation = ICEGeneration(credentials) else { return nil }
        current = generation
        self.limits = limits
        addresses.reserveCapacity(max(1, limits.addresses))
        peerChecks = TokenBucket(perSecond: limits.peerChecksPerSecond)
        otherChecks = TokenBucket(perSecond: limits.otherChecksPerSecond)
        refusals = TokenBucket(perSecond: limits.refusalsPerSecond)
    }

    /// Takes new credentials. Where the peer is stays so until it has chosen anew (RFC 8445 section 9); false when the library for
    /// codes does not work here.
    package mutating func restart(_ credentials: ICECredentials, at now: Duration) -> Bool {
        guard let generation = ICEGeneration(credentials) else { return false }
        former = (current, now + limits.overlap)
        current = generation
        return true
    }

    /// Believes where a peer without ICE says it is, and that it wants our packets.
    package mutating func trust(_ address: STUNAddress) {
        selected = address
        hasConsent = true
        isTrusting = true
    }

    /// Whether a good check came from an address: nothing else is listened to.
    package func isKnown(_ address: STUNAddress) -> Bool { address == selected || addresses.contains(address) }

    /// Looks at the time: call it every second or so.
    package mutating func tick(at now: Duration) -> ICENews? {
        if let former, now >= former.end { self.former = nil }
        guard hasConsent, !isTrusting, now - lastCheck > limits.consent else { return nil }
        hasConsent = false
        return .consentLost
    }

    /// Takes a datagram that looks like STUN.
    ///
    /// - Parameters:
    ///   - now: of a clock that never goes back.
    ///   - answer: room for an answer; 200 bytes are enough for any.
    package mutating func receive(
        _ datagram: UnsafeRawBufferPointer,
        from source: STUNAddress,
        at now: Duration,
        answer: UnsafeMutableRawBufferPointer
    ) -> ICEReaction {
        guard let message = unsafe try? STUNMessage(parsing: datagram), unsafe message.isIntact(in: datagram) else {
            counters.malformed += 1
            return .nothing
        }
        guard message.type == STUNType(.request) else {
            counters.unasked += 1
            return .nothing
        }
        // Whoever floods us from elsewhere takes nothing from the peer.
        let isAllowed = source == selected ? peerChecks.take(at: now) : otherChecks.take(at: now)
        guard isAllowed else {
            counters.limited += 1
            return .nothing
        }
        guard let username = message.username, message.hasIntegrity else {
            counters.unauthentic += 1
            return unsafe refuse(message, .badRequest, at: now, nil, answer)
        }
        let name = unsafe UnsafeRawBufferPointer(rebasing: datagram[username])
        guard let generation = unsafe generation(of: name), unsafe message.isSigned(by: generation.key, in: datagram)
        else {
            counters.unauthentic += 1
            return unsafe refuse(message, .unauthenticated, at: now, nil, answer)
        }
        return unsafe check(message, generation, from: source, at: now, answer)
    }

    // MARK: Checks of the peer

    private func generation(of username: UnsafeRawBufferPointer) -> ICEGeneration? {
        if unsafe current.isMeant(by: username) { return current }
        guard let former, unsafe former.generation.isMeant(by: username) else { return nil }
        return former.generation
    }

    private mutating func check(
        _ message: STUNMessage,
        _ generation: ICEGeneration,
        from source: STUNAddress,
        at now: Duration,
        _ answer: UnsafeMutableRawBufferPointer
    ) -> ICEReaction {
        guard message.unknown.isEmpty else {
            counters.refused += 1
            return unsafe refuse(message, .unknownAttribute, at: now, generation.key, answer)
        }
        // Beside a lite agent the other is controlling, whatever the tie-breakers say (RFC 8445 section 6.1.1).
        if case .controlled = message.role {
            counters.refused += 1
            return unsafe refuse(message, .roleConflict, at: now, generation.key, answer)
        }
        var writer = unsafe STUNWriter(STUNType(.success), message.transaction, in: answer)
        writer.add(mappedAddress: source)
        writer.sign(by: generation.key)
        writer.addFingerprint()
        counters.answered += 1
        remember(source)
        let news = believe(message, generation, from: source, at: now)
        return ICEReaction(answerByteCount: writer.byteCount ?? 0, news: news)
    }

    /// The last address that was nominated counts: browsers move to another network that way.
    private mutating func believe(
        _ message: STUNMessage,
        _ generation: ICEGeneration,
        from source: STUNAddress,
        at now: Duration
    ) -> ICENews? {
        if message.nominates, generation.key === current.key { former = nil }
        if message.nominates, source != selected {
            selected = source
            hasConsent = true
            lastCheck = now
            return .nominated(source)
        }
        guard source == selected else { return nil }
        lastCheck = now
        if hasConsent { return nil }
        hasConsent = true
        return .consentRegained
    }

    private mutating func remember(_ source: STUNAddress) {
        guard !isKnown(source) else { return }
        if addresses.count < limits.addresses {
            addresses.append(source)
        } else if !addresses.isEmpty {
            addresses[nextAddress % addresses.count] = source
            nextAddress += 1
        }
    }

    // MARK: Refusals

    private mutating func refuse(
        _ message: STUNMessage,
        _ code: STUNErrorCode,
        at now: Duration,
        _ key: IntegrityKey?,
        _ answer: UnsafeMutableRawBufferPointer
    ) -> ICEReaction {
        guard refusals.take(at: now) else { return .nothing }
        var writer = unsafe STUNWriter(STUNType(.failure), message.transaction, in: answer)
        writer.add(errorCode: code)
        if code == .unknownAttribute { writer.add(unknownAttributes: message.unknown) }
        if let key { writer.sign(by: key) }
        writer.addFingerprint()
        return ICEReaction(answerByteCount: writer.byteCount ?? 0)
    }
}
