import Crypto
import Foundation
package import Primitives

/// Signs webhooks (seed: "X-Sautikit-Signature").
package enum WebhookSignature {
    /// The header's value: `t=<unix seconds>,v1=<hex>`, the hex being HMAC-SHA-256 of body, a dot and the seconds.
    package static func header(body: String, secret: String, at moment: Timestamp) -> String {
        let seconds = moment.secondsSinceEpoch
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        hmac.update(data: Array(body.utf8))
        hmac.update(data: Array(".\(seconds)".utf8))
        let code = hmac.finalize()
        return "t=\(seconds),v1=\(code.hexString)"
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
            let hex = parts.first(where: { $0.first == "v1" })?.last, let code = [UInt8](hexString: String(hex)),
            abs(now.secondsSinceEpoch - time) <= tolerance.components.seconds
        else { return false }
        let key = SymmetricKey(data: Data(secret.utf8))
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data("\(body).\(time)".utf8), using: key)
    }
}
