/// A `WWW-Authenticate` or `Proxy-Authenticate` challenge (RFC 7616 section 3.3).
package struct DigestChallenge: Sendable, Equatable {
    /// The protection space.
    package let realm: String
    /// The server's number used once.
    package let nonce: String
    /// Returned as it came.
    package let opaque: String?
    /// `MD5` when it is missing.
    package let algorithm: String
    /// Whether the quality of protection `auth` is offered.
    package let offersAuth: Bool
    /// Whether the credentials were right and only the nonce was old.
    package let isStale: Bool

    /// Makes a challenge with the quality of protection `auth`.
    package init(realm: String, nonce: String, algorithm: String, isStale: Bool = false) {
        self.realm = realm
        self.nonce = nonce
        self.algorithm = algorithm
        self.isStale = isStale
        opaque = nil
        offersAuth = true
    }

    /// Reads a challenge; nil for another scheme or one without realm and nonce.
    package init?(_ text: String) {
        guard let parameters = DigestParameters.parse(text), let realm = parameters["realm"],
            let nonce = parameters["nonce"]
        else { return nil }
        self.realm = realm
        self.nonce = nonce
        opaque = parameters["opaque"]
        algorithm = parameters["algorithm"] ?? "MD5"
        offersAuth = (parameters["qop"] ?? "").split(separator: ",").contains {
            SIPText.trimmed($0).lowercased() == "auth"
        }
        isStale = parameters["stale"]?.lowercased() == "true"
    }

    /// The value as it is sent.
    package var text: String {
        var text = "Digest realm=\(SIPText.quoted(realm)), nonce=\(SIPText.quoted(nonce)), algorithm=\(algorithm)"
        if offersAuth { text += ", qop=\"auth\"" }
        if let opaque { text += ", opaque=\(SIPText.quoted(opaque))" }
        if isStale { text += ", stale=true" }
        return text
    }
}
