import Platform
import SIPWire

extension Callee {
    /// Reads an address. Its host is not looked at: a telephone names us in many ways, and a number is the same number everywhere.
    /// Nil for a URI that names nobody.
    init?(_ uri: SIPURI) {
        guard let user = uri.unescapedUser, !user.isEmpty else { return nil }
        self.init(user)
    }

    /// Calls them for another call.
    var action: DialAction.Target {
        switch self {
        case .number(let number): .numbers([number])
        case .colleague(let name): .device(name)
        }
    }
}
