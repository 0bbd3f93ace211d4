import Crypto
import Foundation
package import Primitives

/// Signs webhooks (seed: "X-Sautikit-Signature"; and the Standard Webhooks specification).
package enum WebhookSignature {
    /// The header's value: `t=<unix seconds>,v1=<hex>`, the hex being HMAC-SHA-256 of body, a dot and the seconds; a `v1`
    /// for each secret.
    package static func header(body: String, secrets: [String], at moment: Timestamp) -> String {
        let seconds = moment.secondsSinceEpoch
        let codes = secrets.map { secret in
            ",v1=" + code(of: [body, ".\(seconds)"], key: Array(secret.utf8)).hexString
        }
        return "t=\(seconds)" + codes.joined()
    }

    /// The value of `webhook-signature`: `v1,<base64>` for each secret, over id, seconds and body with dots between.
    package static func standardHeader(id: String, body: String, secrets: [String], at moment: Timestamp) -> String {
        secrets.map { secret in
            let text = ["\(id).\(moment.secondsSinceEpoch).", body]
            return "v1," + Data(code(of: text, key: standardKey(secret))).base64EncodedString()
        }.joined(separator: " ")
    }

    /// Whether a header is right for a body and no older or newer than `tolerance`.
    package static func isValid(
        _ header: String,
        body: String,
        secret: String,
        at now: Timestamp,
        tolerance: Duration = .seconds(300)
    ) -> Bool {
        let parts = header.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        guard let time = parts.first(where: { $0.first == "t" })?.last.flatMap({ Int64($0) }),
            abs(now.secondsSinceEpoch - time) <= tolerance.components.seconds
        else { return false }
        let key = SymmetricKey(data: Data(secret.utf8))
        return parts.filter { $0.first == "v1" && $0.count == 2 }.contains { part in
            guard let code = [UInt8](hexString: String(part[1])) else { return false }
            let signed = Data("\(body).\(time)".utf8)
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
        }
    }

    private static func code(of parts: [String], key: [UInt8]) -> HMAC<SHA256>.MAC {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
        for part in parts { hmac.update(data: Array(part.utf8)) }
        return hmac.finalize()
    }

    /// What follows `whsec_` in base64; the secret as it is when that is something else.
    private static func standardKey(_ secret: String) -> [UInt8] {
        let prefix = "whsec_"
        guard secret.hasPrefix(prefix), let key = Data(base64Encoded: String(secret.dropFirst(prefix.count))) else {
            return Array(secret.utf8)
        }
        return Array(key)
    }
}
