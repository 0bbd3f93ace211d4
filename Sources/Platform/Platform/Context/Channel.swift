/// The names under which a commit wakes those who wait for it.
package enum Channel {
    /// A key, session, membership or workspace changed: who may do what that is remembered is stale.
    package static let access = "access"
    /// A mail is due.
    package static let mails = "mails"
    /// A voice node has something to do.
    package static let voice = "voice"
    /// A trunk was added or replaced.
    package static let trunks = "trunks"
    /// A phone is to be asked to pay.
    package static let payments = "payments"
    /// The clock of a test workspace is to be moved.
    package static let testClocks = "test_clocks"
    /// Prices or rates were set or called off.
    package static let prices = "prices"
    /// A recording is to be stored.
    package static let recordings = "recordings"
    /// A webhook is due.
    package static let deliveries = "deliveries"
}
