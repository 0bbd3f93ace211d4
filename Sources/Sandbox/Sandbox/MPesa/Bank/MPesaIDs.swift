import Primitives

/// Ids of the shapes that Daraja's have (facts sections 2, 3 and 7). Clients must not read anything from them.
struct MPesaIDs: Sendable {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    private static let receiptSpace: UInt64 = 36 * 36 * 36 * 36 * 36 * 36 * 36

    private var random: SplitMix64
    private var counter: UInt64
    private var receipts: UInt64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        counter = random.next() % 100_000_000
        receipts = random.next() % Self.receiptSpace
    }

    /// An access token: 28 letters and digits.
    mutating func token() -> String {
        String((0..<28).map { _ in Self.letters[Int(random.next() % UInt64(Self.letters.count))] })
    }

    /// Such as `1c5b-4ba8-815c-ac45c57a3db01495926`, for MerchantRequestID, OriginatorConversationID and requestId.
    mutating func request() -> String {
        counter += 1
        return "\(hex(4))-\(hex(4))-\(hex(4))-\(hex(12))\(counter)"
    }

    /// `AG_` with the day and twenty hexadecimal digits.
    mutating func conversation(at moment: Timestamp) -> String {
        "AG_\(MPesaTime.digits(moment).prefix(8))_\(hex(20))"
    }

    /// `ws_CO_` with the time to the millisecond and the payer's national number.
    static func checkout(at moment: Timestamp, phone: String) -> String {
        let digits = MPesaTime.allDigits(moment)
        let (year, rest) = (digits.prefix(4), digits.dropFirst(4))
        let (month, day, time) = (rest.prefix(2), rest.dropFirst(2).prefix(2), rest.dropFirst(4))
        return "ws_CO_\(day)\(month)\(year)\(time)\(phone.suffix(9))"
    }

    /// Ten characters: a letter for the year (2017 is L), one for the month, one for the day, and seven of a sequence.
    mutating func receipt(at moment: Timestamp) -> String {
        let digits = MPesaTime.digits(moment).compactMap(\.wholeNumberValue)
        let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        let yearLetter = 10 + ((11 + year - 2017) % 26 + 26) % 26
        receipts = (receipts + 1 + random.next() % 97) % Self.receiptSpace
        var sequence: [Character] = []
        var rest = receipts
        for _ in 0..<7 {
            sequence.append(Self.alphabet[Int(rest % 36)])
            rest /= 36
        }
        return String([Self.alphabet[yearLetter], Self.alphabet[9 + month], Self.alphabet[day]] + sequence.reversed())
    }

    private mutating func hex(_ count: Int) -> String {
        String((0..<count).map { _ in Array("0123456789abcdef")[Int(random.next() % 16)] })
    }
}
