/// A telephone number in E.164 form: `+254712345678`.
package struct PhoneNumber: Sendable, Hashable {
    /// `+`, a country code and a subscriber number, 8 to 15 digits in all (ITU-T E.164).
    package let e164: String

    /// Emergency services, which are never called (seed: "not configured for emergency calling").
    private static let emergency: Set<Substring> = ["999", "112", "911"]

    private static let separators = Array(" -.()".utf8)

    /// Reads E.164 with or without `+`, and Kenya's local form (`0712 345 678`); spaces, dashes, dots and brackets are dropped.
    ///
    /// - Throws: `PlatformError` `request.invalid`, or `calls.destination_refused` for emergency numbers, naming `field`.
    package init(parsing text: String, field: String) throws(PlatformError) {
        guard text.utf8.count <= 32 else { throw Self.refusal(field) }
        let digits = String(decoding: text.utf8.filter { !Self.separators.contains($0) }, as: UTF8.self)
        if Self.emergency.contains(Self.subscriber(digits)) {
            throw PlatformError(
                .destinationRefused,
                "Emergency numbers cannot be called from this service. Use a phone.",
                field: field
            )
        }
        let number: String
        if digits.hasPrefix("+") {
            number = String(digits.dropFirst())
        } else if digits.hasPrefix("0"), digits.count == 10 || digits.count == 9 {
            number = "254" + digits.dropFirst()
        } else {
            number = digits
        }
        guard (8...15).contains(number.utf8.count), number.first != "0",
            number.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Self.refusal(field) }
        e164 = "+" + number
    }

    /// The digits without what may stand before a national number in Kenya: `+254999` and `0999` are 999.
    private static func subscriber(_ digits: String) -> Substring {
        var rest = digits[...]
        for lead in ["+", "00", "254", "0"] where rest.hasPrefix(lead) { rest = rest.dropFirst(lead.count) }
        return rest
    }

    /// Whether a number is one of Kenya's mobile networks, which alone have M-Pesa: `+2547…` and `+2541…` (facts M-Pesa, section 3).
    static func isKenyanMobile(_ e164: String) -> Bool {
        (e164.hasPrefix("+2547") || e164.hasPrefix("+2541")) && e164.utf8.count == 13
    }

    /// The country of a number as ISO 3166 has it; `ZZ` for all that numbers are not sold in.
    static func country(of e164: String) -> String {
        e164.hasPrefix("+254") ? "KE" : "ZZ"
    }

    private static func refusal(_ field: String) -> PlatformError {
        PlatformError(.requestInvalid, "'\(field)' must be a phone number such as +254712345678.", field: field)
    }
}
