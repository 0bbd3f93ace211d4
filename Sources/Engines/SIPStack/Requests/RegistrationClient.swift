/// Keeps us registered with somebody (RFC 3261 section 10.2) as a value: answers and timers in, requests and waits out.
package struct RegistrationClient: Sendable {
    /// Where we can be reached.
    package struct Place: Sendable, Hashable {
        /// Host name or address.
        package let host: String
        /// Its port.
        package let port: Int

        /// Makes a place.
        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// What came of a REGISTER.
    package struct Answer: Sendable, Equatable {
        /// The final status; nil when nobody answered.
        package var status: Int?
        /// How long we are registered.
        package var granted: Duration?
        /// `Min-Expires` of a 423.
        package var minimum: Duration?
        /// Where the registrar saw us: `received` and `rport` of our Via (RFC 3581).
        package var seenAt: Place?

        /// Makes an answer.
        package init(status: Int?, granted: Duration? = nil, minimum: Duration? = nil, seenAt: Place? = nil) {
            self.status = status
            self.granted = granted
            self.minimum = minimum
            self.seenAt = seenAt
        }
    }

    /// What happens.
    package enum Event: Sendable, Equatable {
        /// It begins.
        case start
        /// A REGISTER has been answered, or will not be.
        case answered(Answer)
        /// The wait is over.
        case timer
        /// It is to end.
        case stop
    }

    /// What must be done, in this order.
    package enum Action: Sendable, Equatable {
        /// Send a REGISTER; `answered` follows.
        case register(Place, expires: Duration, forgetting: Place?)
        /// Send a REGISTER that removes the contact; nothing follows.
        case unregister(Place)
        /// Let `timer` follow after this.
        case wait(Duration)
        /// Tell how it is.
        case report(Status)
    }

    /// How it is.
    package enum Status: Sendable, Equatable {
        /// We are registered, for this long from now.
        case registered(Duration)
        /// We are not, because of this final status; nil when nobody answered.
        case failed(status: Int?)
    }

    private enum State {
        case idle, registering, registered, waiting, over
    }

    /// The longest interval that is asked for after a 423.
    private static let mostExpires: Duration = .seconds(86_400)
    private static let firstRetry: Duration = .seconds(5)
    private static let longestRetry: Duration = .seconds(300)

    private var state = State.idle
    private var place: Place
    private var expires: Duration
    private var isBehindNAT = false
    private var failures = 0
    private var wasTooBrief = false
    private var isRegistered = false

    /// - Parameters:
    ///   - place: where we think we can be reached.
    ///   - expires: how long to register for. Default an hour.
    package init(at place: Place, expires: Duration = .seconds(3600)) {
        self.place = place
        self.expires = expires
    }

    /// Whether the registrar saw us elsewhere than we thought: a NAT is between, and must be kept open.
    package var isMoved: Bool { isBehindNAT }

    /// Takes an event and says what to do.
    package mutating func handle(_ event: Event) -> [Action] {
        switch (state, event) {
        case (.idle, .start), (.registered, .timer), (.waiting, .timer): return register()
        case (.registering, .answered(let answer)): return answered(answer)
        case (.over, _): return []
        case (_, .stop):
            state = .over
            return isRegistered ? [.unregister(place)] : []
        default: return []
        }
    }

    private mutating func register(forgetting old: Place? = nil) -> [Action] {
        state = .registering
        return [.register(place, expires: expires, forgetting: old)]
    }

    private mutating func answered(_ answer: Answer) -> [Action] {
        switch answer.status {
        case .some(200..<300): return accepted(answer)
        case .some(423):
            guard !wasTooBrief, let minimum = answer.minimum, minimum > expires, minimum <= Self.mostExpires else {
                return failed(423)
            }
            wasTooBrief = true
            expires = minimum
            return register()
        default: return failed(answer.status)
        }
    }

    private mutating func accepted(_ answer: Answer) -> [Action] {
        (failures, wasTooBrief, isRegistered) = (0, false, true)
        if let seenAt = answer.seenAt, seenAt != place {
            // Calls must come to where the NAT lets them in. A NAT that gives us another port each time is followed each time.
            let old = place
            (place, isBehindNAT) = (seenAt, true)
            return register(forgetting: old)
        }
        state = .registered
        let granted = max(answer.granted ?? expires, .seconds(10))
        // What a NAT remembers is refreshed early; else soon enough before the end for a few tries.
        return [.report(.registered(granted)), .wait(isBehindNAT ? granted / 2 : granted * 9 / 10)]
    }

    private mutating func failed(_ status: Int?) -> [Action] {
        state = .waiting
        isRegistered = false
        failures = min(failures + 1, 16)
        // Wrong credentials do not become right by trying again soon.
        let isRefused = status == 401 || status == 403 || status == 407 || status == 404
        let wait = isRefused ? Self.longestRetry : min(Self.firstRetry * (1 << (failures - 1)), Self.longestRetry)
        return [.report(.failed(status: status)), .wait(wait)]
    }
}
