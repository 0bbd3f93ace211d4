/// Which trunk is at which address, remembered until the trunks change: a flood must not make looking that up the work.
struct TrunkLanes {
    /// Addresses remembered.
    private static let limit = 10_000

    private var find: @Sendable (String) -> TrunkLane? = { _ in nil }
    private var known: [String: TrunkLane?] = [:]

    /// Nobody is a trunk.
    init() {}

    /// Asks `find` from now on.
    init(_ find: @escaping @Sendable (String) -> TrunkLane?) {
        self.find = find
    }

    /// The trunk at a numeric address.
    mutating func lane(of address: String) -> TrunkLane? {
        if let lane = known[address] { return lane }
        if known.count >= Self.limit { known = [:] }
        let lane = find(address)
        known[address] = .some(lane)
        return lane
    }
}
