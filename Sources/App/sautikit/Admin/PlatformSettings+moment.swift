import Platform
import Primitives

extension PlatformSettings {
    /// A moment that was typed, or words that say how it is typed.
    func requireMoment(_ text: String) throws(CommandFailure) -> Timestamp {
        guard let moment = moment(of: text) else {
            throw CommandFailure(
                "'\(text)' is neither a date such as 2027-01-01 nor a time such as 2027-01-01T06:00:00Z."
            )
        }
        return moment
    }
}
