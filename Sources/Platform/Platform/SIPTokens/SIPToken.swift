package import Primitives

/// A short-lived pass for a browser (seed: "Browser Calling with WebRTC"): it says for which workspace, and may be bound to a
/// name within it and to one of its numbers. As text it is a JWT (RFC 7519).
package struct SIPToken: Sendable, Hashable {
    /// `iss`.
    package static let issuer = "sautikit-sip"
    /// How long one works that is minted for the browser SDK (seed: 5 minutes).
    package static let lifetime: Duration = .seconds(300)
    /// How long one works that is minted for the official SDK, which asks less often (facts section 14: 900 s).
    package static let longestLifetime: Duration = .seconds(900)
    /// Bytes of the longest text that is looked at.
    package static let longestText = 1024

    /// Who pays; `sub`.
    package let workspaceID: Identifier
    /// Who of the workspace it is; nil when nobody in particular.
    package let identity: String?
    /// The one number that it may show and is called at, E.164; nil for all of the workspace.
    package let number: String?
    /// When it was made, to the second; `iat`.
    package let issuedAt: Timestamp
    /// When it ends, to the second; `exp`.
    package let expiresAt: Timestamp

    /// Makes a token; parts of a second are dropped, since its text has none.
    package init(
        workspaceID: Identifier,
        identity: String? = nil,
        number: String? = nil,
        issuedAt: Timestamp,
        lifetime: Duration = SIPToken.lifetime
    ) {
        self.workspaceID = workspaceID
        self.identity = identity
        self.number = number
        self.issuedAt = Timestamp(millisecondsSinceEpoch: issuedAt.secondsSinceEpoch * 1000)
        expiresAt = self.issuedAt + lifetime
    }

    /// The user part of the address that a browser with it registers.
    package var user: String { identity ?? workspaceID.uuidString }

    /// Whether a text can name somebody: 1 to 64 letters, digits, `.`, `_` and `-`, which every SIP URI takes as they are.
    package static func isIdentity(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
