import Crypto
import SIPStack
import SIPWire

/// What a telephone answers a challenge with, computed here and not by the code under test (RFC 7616 section 3.4.1).
enum DigestReply {
    static func text(_ challenge: DigestChallenge, _ account: DigestAccount, method: String, uri: String) -> String {
        let isSHA = challenge.algorithm.hasPrefix("SHA")
        func hash(_ text: String) -> String {
            let bytes = Array(text.utf8)
            let digest: [UInt8] = isSHA ? Array(SHA256.hash(data: bytes)) : Array(Insecure.MD5.hash(data: bytes))
            return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let secret = hash("\(account.username):\(challenge.realm):\(account.password)")
        var credentials = DigestCredentials(
            username: account.username,
            realm: challenge.realm,
            nonce: challenge.nonce,
            uri: uri,
            response: hash("\(secret):\(challenge.nonce):00000001:c0ffee:auth:" + hash("\(method):\(uri)")),
            algorithm: challenge.algorithm
        )
        (credentials.cnonce, credentials.nonceCount) = ("c0ffee", "00000001")
        return credentials.text
    }
}
