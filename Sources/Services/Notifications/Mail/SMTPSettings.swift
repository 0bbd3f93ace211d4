import Foundation

/// The mail server and how it is spoken to.
package struct SMTPSettings: Sendable, Equatable {
    /// When a connection is encrypted.
    package enum Encryption: String, Sendable {
        /// By STARTTLS (RFC 3207), and not used when the server does not offer it: `smtp://`.
        case startTLS = "smtp"
        /// From the first byte (RFC 8314 section 3.3): `smtps://`.
        case implicit = "smtps"
        /// Never: `smtp+plain://`, for a server on the same machine.
        case never = "smtp+plain"

        fileprivate var defaultPort: Int {
            switch self {
            case .startTLS: 587
            case .implicit: 465
            case .never: 25
            }
        }
    }

    /// The server's name, which its certificate must show.
    package var host: String
    /// Its port.
    package var port: Int
    /// When the connection is encrypted.
    package var encryption: Encryption
    /// Who we are to the server; nil to say nothing.
    package var username: String?
    /// What goes with it.
    package var password: String?
    /// A file with the certificates that are trusted, in PEM; the system's when nil.
    package var trustedCertificates: String?
    /// Whom mails are from, without a name.
    package var sender = "no-reply@localhost"
    /// How long a whole delivery may take.
    package var timeout: Duration = .seconds(30)

    /// Names a server.
    package init(host: String, port: Int, encryption: Encryption = .startTLS) {
        self.host = host
        self.port = port
        self.encryption = encryption
    }

    /// Reads `smtp://user:password@mail.example.com:587`; nil for anything else.
    package init?(url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            let encryption = Encryption(rawValue: scheme), let host = parts.host, !host.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil
        else { return nil }
        self.init(host: host, port: parts.port ?? encryption.defaultPort, encryption: encryption)
        username = parts.user
        password = parts.password
        guard (1...65_535).contains(port), (username == nil) == (password == nil) else { return nil }
    }
}
