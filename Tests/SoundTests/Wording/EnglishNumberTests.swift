import Testing

@testable import Sound

@Suite struct EnglishNumberTests {
    @Test(arguments: [
        (0, "zero"), (7, "seven"), (13, "thirteen"), (20, "twenty"), (21, "twenty-one"), (40, "forty"),
        (99, "ninety-nine"), (100, "one hundred"), (101, "one hundred and one"),
        (999, "nine hundred and ninety-nine"), (1000, "one thousand"), (1001, "one thousand and one"),
        (1100, "one thousand one hundred"), (2026, "two thousand and twenty-six"),
        (2500, "two thousand five hundred"), (12_345, "twelve thousand three hundred and forty-five"),
        (100_000, "one hundred thousand"), (250_750, "two hundred and fifty thousand seven hundred and fifty"),
        (1_000_000, "one million"), (1_000_001, "one million and one"),
        (1_500_000, "one million five hundred thousand"),
        (1_000_000_000, "one billion"), (1_000_000_000_000, "one trillion"),
    ])
    func cardinals(_ number: Int, _ words: String) {
        #expect(EnglishNumbers.cardinal(number) == words)
    }

    @Test(arguments: [
        (1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (8, "eighth"), (9, "ninth"),
        (11, "eleventh"), (12, "twelfth"), (13, "thirteenth"), (20, "twentieth"), (21, "twenty-first"),
        (22, "twenty-second"), (30, "thirtieth"), (31, "thirty-first"), (100, "one hundredth"),
        (101, "one hundred and first"), (1000, "one thousandth"),
    ])
    func ordinals(_ number: Int, _ words: String) {
        #expect(EnglishNumbers.ordinal(number) == words)
    }

    @Test(arguments: [
        (1066, "ten sixty-six"), (1900, "nineteen hundred"), (1905, "nineteen oh five"), (1963, "nineteen sixty-three"),
        (2000, "two thousand"), (2009, "two thousand and nine"), (2010, "twenty ten"), (2026, "twenty twenty-six"),
        (2100, "twenty-one hundred"),
    ])
    func years(_ year: Int, _ words: String) {
        #expect(EnglishNumbers.year(year) == words)
    }
}
