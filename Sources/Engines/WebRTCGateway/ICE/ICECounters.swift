/// What came of the datagrams that an agent was given.
package struct ICECounters: Sendable, Equatable {
    /// Checks that were answered.
    package internal(set) var answered: UInt64 = 0
    /// Datagrams that are no STUN, or were changed on their way.
    package internal(set) var malformed: UInt64 = 0
    /// Messages that a lite agent has no use for: indications, and answers to what it never asked.
    package internal(set) var unasked: UInt64 = 0
    /// Checks of whoever does not know the password.
    package internal(set) var unauthentic: UInt64 = 0
    /// Checks that know the password and are wrong all the same.
    package internal(set) var refused: UInt64 = 0
    /// Checks beyond the limits, not looked at.
    package internal(set) var limited: UInt64 = 0

    /// Counts nothing yet.
    package init() {}
}
