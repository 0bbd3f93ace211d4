import Testing

@testable import Sound

@Suite struct TextExpanderTests {
    @Test(arguments: [
        // Money.
        ("Your balance is KES 2,500.", "Your balance is two thousand five hundred shillings."),
        ("Pay KSh 2500.50 now", "Pay two thousand five hundred shillings and fifty cents now"),
        ("KES 2,500.00", "two thousand five hundred shillings"), ("Ksh.1", "one shilling"),
        ("KES 0.05", "five cents"), ("kes 1.5", "one shilling and fifty cents"),
        ("KES -300", "minus three hundred shillings"), ("-KES 300", "minus three hundred shillings"),
        ("Only 2,500/= today", "Only two thousand five hundred shillings today"),
        ("KES 1,000,000", "one million shillings"), ("Kesho 5", "Kesho five"),
        // Numbers.
        ("I have 0 or 1 or 12 eggs", "I have zero or one or twelve eggs"), ("1,234,567", Self.million),
        ("1234567", Self.million), ("3.14", "three point one four"), ("-5 degrees", "minus five degrees"),
        ("10-15 days", "ten-fifteen days"), ("10–15", "ten-fifteen"), ("25% off", "twenty-five percent off"),
        ("2.5 %", "two point five percent"), ("the 1st and 22nd", "the first and twenty-second"),
        ("1,2,3", "1,2,3"), ("A4 and 4x4", "A4 and 4x4"), ("version 3.2.1", "version 3.2.1"),
        ("1000000000000", "one trillion"), ("007", "zero zero seven"),
        // Digit by digit.
        ("Call +254712345678", "Call plus two five four, seven one two, three four five, six seven eight"),
        ("Call +254 712 345 678.", "Call plus two five four, seven one two, three four five, six seven eight."),
        ("0712345678", "zero seven one two, three four five, six seven eight"),
        ("254712345678", "two five four, seven one two, three four five, six seven eight"),
        ("Code 004821", "Code zero zero four, eight two one"),
        ("12345678901234", "one two, three four five, six seven eight, nine zero one, two three four"),
        // Dates.
        ("on 2026-11-22.", "on the twenty-second of November twenty twenty-six."),
        ("on 22/11/2026", "on the twenty-second of November twenty twenty-six"),
        ("1-1-2027", "the first of January twenty twenty-seven"),
        ("the 22 Nov 2026", "the twenty-second of November twenty twenty-six"),
        ("3rd March, 2026", "the third of March twenty twenty-six"),
        ("29/2/2027", "twenty-nine/two/two thousand and twenty-seven"),
        // Times.
        ("at 14:30", "at two thirty p m"), ("at 2:30 pm", "at two thirty p m"), ("2:30pm", "two thirty p m"),
        ("at 9 a.m.", "at nine a m."), ("00:00", "midnight"), ("12:00", "noon"), ("12:05 am", "twelve oh five a m"),
        ("8:00", "eight a m"), ("23:59:59", "eleven fifty-nine p m"), ("25:00", "25:00"),
        // What an engine could take for commands.
        ("a [[b]] <c>", "a   b    c "), ("naïve café 5", "naïve café five"), ("", ""),
    ])
    func english(_ text: String, _ words: String) {
        #expect(TextExpander(.english).expand(text) == words)
    }

    static let million = "one million two hundred and thirty-four thousand five hundred and sixty-seven"

    @Test(arguments: [
        // Money.
        ("Salio lako ni KES 2,500.", "Salio lako ni shilingi elfu mbili na mia tano."),
        ("KSh 2500.50", "shilingi elfu mbili na mia tano na senti hamsini"), ("KES 1", "shilingi moja"),
        ("KES 2,500.00", "shilingi elfu mbili na mia tano"), ("KES 0.50", "senti hamsini"),
        ("KES 15,000", "shilingi elfu kumi na tano"), ("KES 10,005", "shilingi elfu kumi, na tano"),
        ("KES 150,000", "shilingi laki moja na elfu hamsini"), ("KES -300", "hasi shilingi mia tatu"),
        ("Shilingi 500/= tu", "Shilingi shilingi mia tano tu"),
        // Numbers.
        ("wateja 25", "wateja ishirini na tano"), ("3.75", "tatu nukta saba tano"),
        ("25%", "asilimia ishirini na tano"), ("asilimia 2.5%", "asilimia mbili nukta tano"), ("-5", "hasi tano"),
        // Digit by digit.
        ("Piga +254712345678", "Piga jumlisha mbili tano nne, saba moja mbili, tatu nne tano, sita saba nane"),
        ("0712345678", "sifuri saba moja mbili, tatu nne tano, sita saba nane"),
        // Dates.
        ("2026-11-22", "tarehe ishirini na mbili Novemba mwaka wa elfu mbili na ishirini na sita"),
        ("tarehe 22/11/2026", "tarehe ishirini na mbili Novemba mwaka wa elfu mbili na ishirini na sita"),
        ("1 Januari 2027", "tarehe mosi Januari mwaka wa elfu mbili na ishirini na saba"),
        ("2 Mei 2026", "tarehe pili Mei mwaka wa elfu mbili na ishirini na sita"),
        // Times: the day begins at sunrise.
        ("14:30", "saa nane na nusu mchana"), ("2:30 pm", "saa nane na nusu mchana"),
        ("7:00", "saa moja kamili asubuhi"), ("07:15", "saa moja na robo asubuhi"),
        ("6:00", "saa kumi na mbili kamili asubuhi"), ("12:00", "saa sita kamili mchana"),
        ("00:00", "saa sita kamili usiku"), ("18:00", "saa kumi na mbili kamili jioni"),
        ("14:45", "saa tisa kasoro robo mchana"), ("9:10", "saa tatu na dakika kumi asubuhi"),
        ("21:20", "saa tatu na dakika ishirini usiku"), ("4:30", "saa kumi na nusu alfajiri"),
        ("16:00", "saa kumi kamili jioni"), ("11 pm", "saa tano kamili usiku"),
        // Written as it is said: the hours are those of the Swahili clock already.
        ("saa 2:30 asubuhi", "saa mbili na nusu asubuhi"), ("saa 14:30", "saa nane na nusu mchana"),
        ("saa 2:30 pm", "saa nane na nusu mchana"), ("2 ama 3", "mbili ama tatu"),
    ])
    func swahili(_ text: String, _ words: String) {
        #expect(TextExpander(.swahili).expand(text) == words)
    }

    /// Any text is expanded into something, and not into very much.
    @Test func everyTextIsExpanded() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("0123456789,.:/-+% KESsh=apmth\u{e9}\u{2013}\u{1F600}\n[")
        for _ in 0..<2000 {
            let text = String((0..<40).map { _ in letters.randomElement(using: &generator) ?? "0" })
            for language in SpokenLanguage.allCases {
                #expect(TextExpander(language).expand(text).utf8.count < 40 * 60, "\(text)")
            }
        }
    }

    @Test func languagesAreFoundByTheirTag() {
        #expect(SpokenLanguage(tag: "sw-KE") == .swahili)
        #expect(SpokenLanguage(tag: "SW") == .swahili)
        #expect(SpokenLanguage(tag: "en-GB") == .english)
        #expect(SpokenLanguage(tag: "en_US") == .english)
        #expect(SpokenLanguage(tag: "fr-FR") == nil)
        #expect(SpokenLanguage(tag: "") == nil)
    }
}
