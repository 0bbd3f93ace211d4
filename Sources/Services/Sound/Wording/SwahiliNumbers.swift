/// Numbers as they are said in Swahili: the unit before its count, and "na" between the parts.
///
/// "Elfu kumi na tano" could be 15,000 or 10,005. People make the difference with a breath, and so does the comma here:
/// "elfu kumi na tano" is 15,000 and "elfu kumi, na tano" is 10,005.
enum SwahiliNumbers {
    private static let small = [
        "sifuri", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa", "kumi",
    ]
    private static let tens = [
        "", "kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini", "themanini", "tisini",
    ]
    private static let units: [(value: Int, name: String)] = [
        (1_000_000_000_000, "trilioni"), (1_000_000_000, "bilioni"), (1_000_000, "milioni"), (100_000, "laki"),
        (1000, "elfu"), (100, "mia"),
    ]

    /// 0 to 10^12; anything larger is said with more trillions.
    static func cardinal(_ number: Int) -> String {
        if number <= 10 { return small[max(0, number)] }
        if number < 100 {
            return tens[number / 10] + (number % 10 > 0 ? " na " + small[number % 10] : "")
        }
        for unit in units where number >= unit.value {
            let (count, rest) = number.quotientAndRemainder(dividingBy: unit.value)
            let head = unit.name + " " + cardinal(count)
            if rest == 0 { return head }
            return head + (count < 10 ? " na " : ", na ") + cardinal(rest)
        }
        return small[0]
    }

    static func digit(_ digit: Int) -> String { small[digit] }
}
