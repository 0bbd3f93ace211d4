import Platform
import Primitives

/// The realm that a device which does not exist is challenged with: it looks like a workspace's, and is the same each time.
enum DecoyRealm {
    /// Milliseconds since 1970; made-up workspaces are up to half a year older.
    private static let latest: Int64 = 1_767_225_600_000

    static func text(for username: String, _ secrets: SecretBox) -> String {
        let digits = secrets.sign("sip:realm:" + username)
        let words = [digits.prefix(16), digits.dropFirst(16).prefix(16)].map { UInt64($0, radix: 16) ?? 0 }
        let moment = Timestamp(millisecondsSinceEpoch: latest - Int64(words[0] >> 30))
        return Identifier(at: moment, random: (words[0], words[1])).uuidString
    }
}
