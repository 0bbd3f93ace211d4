package import Hummingbird
package import Platform
import Primitives

extension APIResponse {
    /// A browser's token as the seed shows it: `{token, expires_at}`.
    package static func token(_ minted: MintSIPToken.Minted) -> Response {
        json(["token": .string(minted.text), "expires_at": .string(minted.token.expiresAt.rfc3339Seconds)])
    }
}
