import Crypto

/// The hash of a digest.
struct DigestAlgorithm {
    private let isSHA256: Bool
    let isSession: Bool

    /// `MD5`, `SHA-256` and their `-sess` forms, without case; nil for others.
    init?(_ name: String) {
        switch name.uppercased() {
        case "MD5": (isSHA256, isSession) = (false, false)
        case "MD5-SESS": (isSHA256, isSession) = (false, true)
        case "SHA-256": (isSHA256, isSession) = (true, false)
        case "SHA-256-SESS": (isSHA256, isSession) = (true, true)
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
