/// An `Authorization` or `Proxy-Authorization` value (RFC 7616 section 3.4).
package struct DigestCredentials: Sendable, Equatable {
    /// Who.
    package var username: String
    /// The challenge's realm.
    package var realm: String
    /// The challenge's nonce.
    package var nonce: String
    /// The URI the digest was made for.
    package var uri: String
    /// The digest, hexadecimal.
    package var response: String
    /// The challenge's algorithm.
    package var algorithm: String
    /// The challenge's opaque.
    package var opaque: String?
    /// The client's nonce, with quality of protection `auth`.
    package var cnonce: String?
    /// How often the nonce was used, eight hexadecimal digits, with quality of protection `auth`.
    package var nonceCount: String?
    /// The quality of protection, lower case; sent with a client's nonce.
    package var qualityOfProtection: String?

    /// Makes credentials.
    package init(username: String, realm: String, nonce: String, uri: String, response: String, algorithm: String) {
        self.username = username
        self.realm = realm
        self.nonce = nonce
        self.uri = uri
        self.response = response
        self.algorithm = algorithm
    }

    /// Reads credentials; nil for another scheme or when something is missing.
    package init?(_ text: String) {
        guard let parameters = DigestParameters.parse(text), let username = parameters["username"],
            let realm = parameters["realm"], let nonce = parameters["nonce"], let uri = parameters["uri"],
            let response = parameters["response"]
        else { return nil }
        self.init(
            username: username,
            realm: realm,
            nonce: nonce,
            uri: uri,
            response: response,
            algorithm: parameters["algorithm"] ?? "MD5"
        )
        opaque = parameters["opaque"]
        cnonce = parameters["cnonce"]
        nonceCount = parameters["nc"]
        qualityOfProtection = parameters["qop"]?.lowercased()
    }

    /// The value as it is sent.
    package var text: String {
        var text =
            "Digest username=\(SIPText.quoted(username)), realm=\(SIPText.quoted(realm)), nonce=\(SIPText.quoted(nonce))"
        text += ", uri=\(SIPText.quoted(uri)), response=\"\(response)\", algorithm=\(algorithm)"
        if let opaque { text += ", opaque=\(SIPText.quoted(opaque))" }
        if let cnonce, let nonceCount {
            text += ", qop=\(qualityOfProtection ?? "auth"), cnonce=\(SIPText.quoted(cnonce)), nc=\(nonceCount)"
        }
        return text
    }
}
