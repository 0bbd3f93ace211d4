/// Why a program gave no result.
enum ChildFailure: Error {
    case missing
    case timeout
    /// More than it may give.
    case tooMuchOutput
    /// It gave up, with its own words, which are for the operator's log only.
    case failed(String)
    case busy
}
