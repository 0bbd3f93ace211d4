/// What did not happen in time.
package struct WaitingTimeout: Error {
    /// What was waited for.
    package let what: String

    /// Says what did not happen.
    package init(what: String) {
        self.what = what
    }
}
