import Crypto
import SIPStack
import SIPWire

/// Answers challenges as a telephone does, computed here and not by the code under test (RFC 7616 section 3.4.1).
enum DigestProof {
    static func credentials(
        _ challenge: DigestChallenge,
        _ account: DigestAccount,
        method: SIPMethod,
        uri: String,
        count: Int = 1
    ) -> DigestCredentials {
        let isSHA = challenge.algorithm.hasPrefix("SHA")
        func hash(_ text: String) -> String {
            let bytes = Array(text.utf8)
            let digest: [UInt8] = isSHA ? Array(SHA256.hash(data: bytes)) : Array(Insecure.MD5.hash(data: bytes))
            return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let digits = String(count, radix: 16)
        let (nc, cnonce) = (String(repeating: "0", count: 8 - digits.count) + digits, "c0ffee")
        let secret = hash("\(account.username):\(challenge.realm):\(account.password)")
        let action = hash("\(method.rawValue):\(uri)")
        var credentials = DigestCredentials(
            username: account.username,
            realm: challenge.realm,
            nonce: challenge.nonce,
            uri: uri,
            response: hash("\(secret):\(challenge.nonce):\(nc):\(cnonce):auth:\(action)"),
            algorithm: challenge.algorithm
        )
        (credentials.cnonce, credentials.nonceCount) = (cnonce, nc)
        return credentials
    }
}
