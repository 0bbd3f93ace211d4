/// A trunk as the guard of the door knows it: all its addresses are one.
package struct TrunkLane: Sendable, Hashable {
    /// The trunk's name, for the log and the counters.
    package let name: String
    /// The user name by which its own calls are known, if it has one.
    package let account: String?

    /// Makes a lane.
    package init(name: String, account: String? = nil) {
        self.name = name
        self.account = account
    }
}
