/// Numbers as they are said in English, in the British way that Kenya uses: "one hundred and five".
enum EnglishNumbers {
    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let scales: [(value: Int, name: String)] = [
        (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"),
    ]
    private static let irregular = [
        "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
        "twelve": "twelfth",
    ]

    /// 0 to 10^12; anything larger is said with more trillions.
    static func cardinal(_ number: Int) -> String {
        if number < 100 { return belowHundred(number) }
        if number < 1000 {
            let rest = number % 100
            return small[number / 100] + " hundred" + (rest > 0 ? " and " + belowHundred(rest) : "")
        }
        for scale in scales where number >= scale.value {
            let rest = number % scale.value
            let head = cardinal(number / scale.value) + " " + scale.name
            if rest == 0 { return head }
            return head + (rest < 100 ? " and " : " ") + cardinal(rest)
        }
        return small[0]
    }

    /// "twenty-second", "one hundredth".
    static func ordinal(_ number: Int) -> String {
        let words = cardinal(number)
        let start = words.lastIndex { $0 == " " || $0 == "-" }.map { words.index(after: $0) } ?? words.startIndex
        let last = String(words[start...])
        return words[..<start] + ordinalWord(last)
    }

    /// A year as it is said: "twenty twenty-six", "two thousand and nine", "nineteen oh five".
    static func year(_ year: Int) -> String {
        guard (1000...9999).contains(year), !(2000...2009).contains(year), year % 1000 != 0 else {
            return cardinal(year)
        }
        let (century, rest) = (belowHundred(year / 100), year % 100)
        if rest == 0 { return century + " hundred" }
        return century + (rest < 10 ? " oh " : " ") + belowHundred(rest)
    }

    static func digit(_ digit: Int) -> String { small[digit] }

    private static func belowHundred(_ number: Int) -> String {
        if number < 20 { return small[max(0, number)] }
        return tens[number / 10] + (number % 10 > 0 ? "-" + small[number % 10] : "")
    }

    private static func ordinalWord(_ word: String) -> String {
        if let known = irregular[word] { return known }
        return word.hasSuffix("y") ? word.dropLast() + "ieth" : word + "th"
    }
}
