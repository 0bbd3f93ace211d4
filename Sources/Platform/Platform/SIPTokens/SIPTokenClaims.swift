import JWTKit
import Primitives

/// A token as it is written: times are whole seconds since 1970, and what is not bound is not there.
struct SIPTokenClaims: JWTPayload, Equatable {
    /// Until the end of the year 9999; later times cannot be written anywhere else.
    private static let seconds: ClosedRange<Int64> = 0...253_402_300_799

    let iss: String
    let sub: String
    let iat: Int64
    let exp: Int64
    var nbf: Int64?
    var identity: String?
    var num: String?

    init(_ token: SIPToken) {
        iss = SIPToken.issuer
        sub = token.workspaceID.uuidString
        iat = token.issuedAt.secondsSinceEpoch
        exp = token.expiresAt.secondsSinceEpoch
        identity = token.identity
        num = token.number
    }

    /// Times are checked by whoever has the clock.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// The token, if all that is claimed can be meant.
    func token() throws(SIPTokenRefusal) -> SIPToken {
        guard iss == SIPToken.issuer else { throw .otherIssuer }
        guard Self.seconds.contains(iat), Self.seconds.contains(exp), nbf.map(Self.seconds.contains) ?? true,
            exp > iat, .seconds(exp - iat) <= SIPToken.longestLifetime,
            let workspaceID = Identifier(parsing: sub), workspaceID.uuidString == sub,
            identity.map(SIPToken.isIdentity) ?? true, num.map({ (3...16).contains($0.utf8.count) }) ?? true
        else { throw .malformed }
        return SIPToken(
            workspaceID: workspaceID,
            identity: identity,
            number: num,
            issuedAt: Timestamp(millisecondsSinceEpoch: iat * 1000),
            lifetime: .seconds(exp - iat)
        )
    }

    /// When it begins to work.
    var beginsAt: Timestamp { Timestamp(millisecondsSinceEpoch: (nbf ?? iat) * 1000) }
}
