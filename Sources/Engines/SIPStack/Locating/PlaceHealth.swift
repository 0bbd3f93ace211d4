/// Which places have failed lately, as a value (RFC 3261 section 21.5.4 and RFC 3263 section 4.3 leave it to whoever sends): they
/// are tried last for a while, so that not each call waits for a server that is down. Bounded.
struct PlaceHealth<Place: Hashable & Sendable>: Sendable {
    /// How long a failure is held against a place.
    static var memory: Duration { .seconds(30) }

    private let limit: Int
    private var failedUntil: [Place: Duration] = [:]

    /// - Parameter limit: places remembered; of more, failures are not held against anybody.
    init(limit: Int = 1000) {
        self.limit = limit
    }

    var count: Int { failedUntil.count }

    mutating func failed(_ place: Place, at now: Duration) {
        if failedUntil.count >= limit { failedUntil = failedUntil.filter { $0.value > now } }
        guard failedUntil.count < limit || failedUntil[place] != nil else { return }
        failedUntil[place] = now + Self.memory
    }

    mutating func answered(_ place: Place) {
        failedUntil[place] = nil
    }

    /// The same places, those that have failed lately behind the others.
    func order(_ places: [Place], at now: Duration) -> [Place] {
        guard !failedUntil.isEmpty, places.count > 1 else { return places }
        let isDown = { (place: Place) in failedUntil[place].map { $0 > now } ?? false }
        return places.filter { !isDown($0) } + places.filter(isDown)
    }
}
