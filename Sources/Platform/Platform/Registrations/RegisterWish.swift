/// What a REGISTER asks for.
package struct RegisterWish: Sendable, Equatable {
    /// What it asks for.
    package enum Change: Sendable, Equatable {
        /// Nothing: it wants to know what is there.
        case none
        /// These contacts are added, refreshed, or removed when they expire at once.
        case contacts([ContactWish])
        /// All contacts are removed: `*`.
        case removeAll
    }

    /// Names the registrations of one device, by which old requests are known.
    package let callID: String
    /// Counts them.
    package let number: Int64
    /// What it asks for.
    package let change: Change

    /// Makes a wish.
    package init(callID: String, number: Int64, change: Change) {
        self.callID = callID
        self.number = number
        self.change = change
    }
}
