import Crypto

/// The hash of a digest.
struct DigestAlgorithm {
    static let md5 = DigestAlgorithm(isSHA256: false, isSession: false)
    static let sha256 = DigestAlgorithm(isSHA256: true, isSession: false)

    private let isSHA256: Bool
    let isSession: Bool

    private init(isSHA256: Bool, isSession: Bool) {
        self.isSHA256 = isSHA256
        self.isSession = isSession
    }

    /// `MD5`, `SHA-256` and their `-sess` forms, without case; nil for others.
    init?(_ name: String) {
        switch name.uppercased() {
        case "MD5": self = .md5
        case "MD5-SESS": self.init(isSHA256: false, isSession: true)
        case "SHA-256": self = .sha256
        case "SHA-256-SESS": self.init(isSHA256: true, isSession: true)
        default: return nil
        }
    }

    var strength: Int { isSHA256 ? 2 : 1 }

    func hash(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return isSHA256 ? Self.hex(SHA256.hash(data: bytes)) : Self.hex(Insecure.MD5.hash(data: bytes))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
