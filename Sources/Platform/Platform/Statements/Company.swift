/// Who sells: what stands on statements.
package struct Company: Sendable {
    /// Its name.
    package var name = "Sautikit"
    /// Where it is, in one line.
    package var address: String?
    /// Its number at the revenue authority.
    package var taxNumber: String?

    /// Makes one that is not set up.
    package init() {}
}
