import Platform
import SIPWire

/// Whom a REFER asks us to call. Its host is not looked at, as of an INVITE's URI: a telephone names us in many ways, and a number is
/// the same number everywhere.
enum TransferTarget: Sendable, Equatable {
    /// As it was written; `DialLeg` reads it.
    case number(String)
    /// The telephones of a credential of the workspace, by its user name.
    case device(String)

    /// Reads a `Refer-To`; nil for a URI that names nobody.
    init?(_ uri: SIPURI) {
        guard let user = uri.unescapedUser, !user.isEmpty else { return nil }
        self = SIPCredential.isUsername(user) ? .device(user) : .number(user)
    }

    /// As it stands on the timeline.
    var name: String {
        switch self {
        case .number(let name), .device(let name): name
        }
    }
}
