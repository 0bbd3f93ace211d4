import Crypto
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

/// The passes of browsers: who is believed, and who is not.
@Suite struct SIPTokenTests {
    private static let key = SymmetricKey(data: Array("0123456789abcdef0123456789abcdef".utf8))
    private static let keys = SIPTokenKeys(active: key)
    /// The seed's moment.
    private static let now = Timestamp(millisecondsSinceEpoch: 1_751_000_000_000)
    private static let workspaceID = Identifier(at: now, random: (1, 2))

    private static func base64url(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A JWT of any header and claims, signed as a JWT library of others would.
    private static func jwt(_ header: String, _ claims: String, key: SymmetricKey? = key) -> String {
        let input = "\(base64url(header.utf8)).\(base64url(claims.utf8))"
        guard let key else { return input + "." }
        return "\(input).\(base64url(HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: key)))"
    }

    private static func claims(
        iss: String = "sautikit-sip",
        sub: String? = nil,
        iat: Int64 = 1_751_000_000,
        exp: Int64 = 1_751_000_300,
        more: String = ""
    ) -> String {
        #"{"iss":"\#(iss)","sub":"\#(sub ?? workspaceID.uuidString)","iat":\#(iat),"exp":\#(exp)\#(more)}"#
    }

    private static func refusal(
        of text: String,
        _ keys: SIPTokenKeys = keys,
        at now: Timestamp = now
    ) async -> SIPTokenRefusal? {
        do {
            _ = try await keys.read(text, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func itIsTheSeedsToken() async throws {
        let token = SIPToken(workspaceID: Self.workspaceID, issuedAt: Self.now + .milliseconds(900))
        let text = try await Self.keys.sign(token)
        #expect(text.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."))
        let part = String(text.split(separator: ".")[1])
        let standard = part.replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: -part.count & 3)
        let claims = try JSONValue(parsing: try #require(Data(base64Encoded: padded)))
        #expect(
            Set(claims.members.map(\.name)) == ["iss", "sub", "iat", "exp"] && claims["iss"] == "sautikit-sip"
                && claims["sub"] == .string(Self.workspaceID.uuidString) && claims["iat"] == 1_751_000_000
                && claims["exp"] == 1_751_000_300
        )
        #expect(try await Self.keys.read(text, at: Self.now) == token)
        #expect(token.user == Self.workspaceID.uuidString)
    }

    @Test func whatItIsBoundToComesBack() async throws {
        let token = SIPToken(
            workspaceID: Self.workspaceID,
            identity: "asha.w",
            number: "+254200000001",
            issuedAt: Self.now
        )
        let text = try await Self.keys.sign(token)
        #expect(try await Self.keys.read(text, at: Self.now) == token)
        #expect(token.user == "asha.w")
        // Others make the same token.
        let theirs = Self.jwt(
            #"{"typ":"JWT","alg":"HS256"}"#,
            Self.claims(more: #","identity":"asha.w","num":"+254200000001""#)
        )
        #expect(try await Self.keys.read(theirs, at: Self.now) == token)
    }

    private static let header = #"{"alg":"HS256","typ":"JWT"}"#

    private static let hostile: [(text: String, refusal: SIPTokenRefusal)] = [
        ("", .malformed), ("x", .malformed), ("a.b.c", .malformed), ("..", .malformed),
        (String(repeating: "a", count: 1025), .tooLong),
        (jwt(header, claims(), key: SymmetricKey(size: .bits256)), .forged),
        (jwt(header, claims(), key: nil), .forged),
        (jwt(#"{"alg":"none"}"#, claims(), key: nil), .otherAlgorithm),
        (jwt(#"{"alg":"None","typ":"JWT"}"#, claims()), .otherAlgorithm),
        (jwt(#"{"alg":"HS512"}"#, claims()), .otherAlgorithm),
        (jwt(#"{"alg":"RS256"}"#, claims()), .otherAlgorithm),
        (jwt(#"{"typ":"JWT"}"#, claims()), .otherAlgorithm),
        (jwt(#"{"alg":"HS256","crit":["exp"]}"#, claims()), .malformed),
        (jwt(header, claims(iss: "sautikit")), .otherIssuer),
        (jwt(header, claims(sub: "nobody")), .malformed),
        (jwt(header, claims(sub: workspaceID.uuidString.uppercased())), .malformed),
        (jwt(header, claims(exp: 1_751_000_000)), .malformed),
        (jwt(header, claims(exp: 1_751_000_901)), .malformed),
        (jwt(header, claims(iat: -1)), .malformed),
        (jwt(header, claims(iat: .max - 1, exp: .max)), .malformed),
        (jwt(header, claims(more: #","identity":"a b""#)), .malformed),
        (jwt(header, claims(more: #","identity":"""#)), .malformed),
        (jwt(header, claims(more: #","nbf":1751000031"#)), .notYetValid),
        (jwt(header, claims(iat: 1_751_000_031, exp: 1_751_000_300)), .notYetValid),
        (jwt(header, claims(iat: 1_750_999_700, exp: 1_751_000_000)), .expired),
        (jwt(header, #"{"iss":"sautikit-sip"}"#), .malformed),
        (jwt(header, "[]"), .malformed),
    ]

    @Test(arguments: hostile.indices)
    func nothingElseIsBelieved(index: Int) async {
        let (text, refusal) = Self.hostile[index]
        #expect(await Self.refusal(of: text) == refusal, "\(text)")
    }

    @Test func everyChangedLetterIsNoticed() async throws {
        let token = SIPToken(workspaceID: Self.workspaceID, identity: "asha", issuedAt: Self.now)
        let letters = Array(try await Self.keys.sign(token))
        // The last letter of the signature carries bits that mean nothing.
        for index in letters.indices.dropLast() where letters[index] != "." {
            var changed = letters
            changed[index] = letters[index] == "A" ? "B" : "A"
            let refusal = await Self.refusal(of: String(changed))
            #expect(refusal != nil, "letter \(index)")
        }
    }

    @Test func keysAreRotatedWithoutRefusingAnybodyAndInAnEmergencyAtOnce() async throws {
        let (old, new) = (Self.key, SymmetricKey(size: .bits256))
        let token = SIPToken(workspaceID: Self.workspaceID, issuedAt: Self.now)
        let before = try await SIPTokenKeys(active: old).sign(token)
        let during = SIPTokenKeys(active: old, next: new)
        let after = SIPTokenKeys(active: new, next: old)
        #expect(await Self.refusal(of: before, during) == nil)
        #expect(await Self.refusal(of: before, after) == nil)
        // A node that has the new key already signs for one that only verifies with it.
        let early = try await SIPTokenKeys(active: new).sign(token)
        #expect(await Self.refusal(of: early, during) == nil)
        #expect(await Self.refusal(of: before, SIPTokenKeys(active: new)) == .forged)
    }

    /// What was read before is asked again without reading it whole.
    @Test func whatAKeyHasSignedEndsWithTheKey() async throws {
        let keys = SIPTokenKeys(active: Self.key)
        let token = SIPToken(workspaceID: Self.workspaceID, issuedAt: Self.now)
        let text = try await keys.sign(token)
        #expect(keys.stillSigns(text))
        let new = SymmetricKey(size: .bits256)
        keys.replace(active: new, next: Self.key)
        let later = try await SIPTokenKeys(active: new).sign(token)
        #expect(keys.stillSigns(text) && keys.stillSigns(later))
        keys.replace(active: new, next: nil)
        #expect(!keys.stillSigns(text))
        for wrong in ["", "a.b", "a.b.c", "a.b.%", "\(text).d"] { #expect(!keys.stillSigns(wrong), "\(wrong)") }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTokenIsMintedForTheWorkspacesOwnNumbersOnly(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let mint = MintSIPToken(world.context, keys: Self.keys)
        var wish = SIPTokenWish()
        (wish.identity, wish.number) = ("asha", World.number)
        let minted = try await mint(workspaceID: world.workspace.id, wish)
        #expect(minted.token.number == World.number && minted.token.identity == "asha")
        #expect(minted.token.expiresAt - minted.token.issuedAt == .seconds(300))
        wish.number = "+254200000002"
        let others = await #expect(throws: PlatformError.self) { try await mint(workspaceID: world.workspace.id, wish) }
        #expect(others?.code == .numberNotFound)
        (wish.number, wish.identity) = (nil, "a b")
        let named = await #expect(throws: PlatformError.self) { try await mint(workspaceID: world.workspace.id, wish) }
        #expect(named?.field == "identity")
        _ = try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        let suspended = await #expect(throws: PlatformError.self) { try await mint(workspaceID: world.workspace.id) }
        #expect(suspended?.code == .workspaceSuspended)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whoComesInIsAskedForTokenWorkspaceAndSite(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let admit = AdmitBrowser(world.context, keys: Self.keys)
        let text = try await MintSIPToken(world.context, keys: Self.keys)(workspaceID: world.workspace.id).text
        func refusal(_ text: String?, _ origin: String?) async throws -> SIPTokenRefusal? {
            do {
                _ = try await admit(token: text, origin: origin)
                return nil
            } catch let refusal as SIPTokenRefusal {
                return refusal
            }
        }
        #expect(try await refusal(nil, nil) == .missing)
        #expect(try await refusal(text, nil) == nil)
        #expect(try await refusal(text, "https://anywhere.example") == nil)
        let manage = ManageBrowserOrigins(world.context)
        let origins = ["https://App.Example:443/", "http://localhost:5173", "https://app.example"]
        let set = try await manage.replace(by: origins, workspaceID: world.workspace.id)
        #expect(set == ["https://app.example", "http://localhost:5173"])
        #expect(try await manage(workspaceID: world.workspace.id) == set)
        #expect(try await refusal(text, "https://app.example") == nil)
        #expect(try await refusal(text, "https://anywhere.example") == .otherOrigin)
        #expect(try await refusal(text, nil) == .otherOrigin)
        let bads = [
            "*", "app.example", "https://", "https://a.example/x", "https://u@a.example", "null", "ftp://a.b",
            "https://*.a.example", "https://a.example*", "https://-a.example", "https://a..example",
            "https://a.example:",
            "https://a.example:0443", "https://a.example:65536", "https://a.example?", "https://\u{212A}.example",
            "https://" + String(repeating: "a", count: 64), "https://a\n",
        ]
        for bad in bads {
            let fault = await #expect(throws: PlatformError.self) {
                try await manage.replace(by: [bad], workspaceID: world.workspace.id)
            }
            #expect(fault?.field == "allowed_origins[0]", "\(bad)")
        }
        _ = try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        #expect(try await refusal(text, "https://app.example") == .workspaceSuspended)
        world.clock.advance(by: .seconds(300))
        #expect(try await refusal(text, "https://app.example") == .expired)
        let nobody = SIPToken(workspaceID: world.context.ids.next(), issuedAt: world.clock.now())
        #expect(try await refusal(Self.keys.sign(nobody), nil) == .workspaceGone)
    }
}
