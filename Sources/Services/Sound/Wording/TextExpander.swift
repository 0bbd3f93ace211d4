/// Puts words in place of figures, so that every engine speaks money, numbers, dates, times and telephone numbers alike.
package struct TextExpander: Sendable {
    private let words: any Vocabulary
    private let language: SpokenLanguage

    /// Makes an expander for a language.
    package init(_ language: SpokenLanguage) {
        self.language = language
        words =
            switch language {
            case .english: EnglishWords()
            case .swahili: SwahiliWords()
            }
    }

    /// The text in words. What it does not know stays as it is.
    package func expand(_ text: String) -> String {
        var scanner = TextScanner(Self.plain(text))
        var result = ""
        while !scanner.isAtEnd {
            if !scanner.isInsideWord, let phrase = phrase(&scanner) {
                result += phrase
            } else {
                result += scanner.takeWord()
            }
        }
        return result
    }

    /// Typographic signs as plain ones, and nothing that an engine takes for a command: `[[` begins phonemes in espeak-ng.
    private static func plain(_ text: String) -> String {
        String(
            text.map { character -> Character in
                switch character {
                case "\u{2010}"..."\u{2015}", "\u{2212}": "-"
                case "\u{2018}", "\u{2019}": "'"
                case "[", "]", "<", ">", "{", "}", "\\", "|": " "
                case _ where character.isNewline: "\n"
                case _ where character.isASCII && character >= " " && character != "\u{7F}": character
                case _ where character.isLetter || character.isNumber: character
                default: " "
                }
            }
        )
    }

    /// The first reading that fits here wins, so the more particular ones come first.
    private func phrase(_ scanner: inout TextScanner) -> String? {
        let readings = [money, telephone, date, time, negative, figure]
        for reading in readings {
            let start = scanner.position
            if let phrase = reading(&scanner) { return phrase }
            scanner.position = start
        }
        return nil
    }

    // MARK: Money

    /// `KES 2,500`, `KSh2500.50`; with a minus on either side.
    private func money(_ scanner: inout TextScanner) -> String? {
        let isNegative = scanner.take("-")
        guard ["kes", "kshs", "ksh", "shs", "sh"].contains(where: { scanner.take($0) }) else { return nil }
        _ = scanner.take(".")
        scanner.takeSpaces()
        let isNegativeInside = scanner.take("-")
        guard let number = scanner.takeNumber() else { return nil }
        if !scanner.take("/=") { _ = scanner.take("/-") }
        guard scanner.isAtNumberEnd, let sum = money(number) else { return nil }
        return isNegative || isNegativeInside ? "\(words.minus) \(sum)" : sum
    }

    private func money(_ number: SpokenNumber) -> String? {
        guard let shillings = number.whole, number.decimals.utf8.count <= 2 else { return nil }
        let cents = Int((number.decimals + "00").prefix(2)) ?? 0
        return words.money(shillings: shillings, cents: cents)
    }

    // MARK: Telephone numbers

    /// `+254712345678`, also with spaces or dashes between its groups; 7 to 15 digits.
    private func telephone(_ scanner: inout TextScanner) -> String? {
        guard scanner.take("+"), var digits = scanner.takeDigits(atMost: 16) else { return nil }
        while digits.utf8.count < 16, let next = scanner.byte(), next == UInt8(ascii: " ") || next == UInt8(ascii: "-")
        {
            let start = scanner.position
            scanner.position += 1
            guard let group = scanner.takeDigits(atMost: 16) else {
                scanner.position = start
                break
            }
            digits += group
        }
        guard (7...15).contains(digits.utf8.count), scanner.isAtNumberEnd else { return nil }
        return "\(words.plus) \(words.code(digits))"
    }

    // MARK: Dates

    /// `2026-11-22`, `22/11/2026`, `22-11-2026`, `22 Nov 2026`, `22nd November, 2026`.
    private func date(_ scanner: inout TextScanner) -> String? {
        let start = scanner.position
        guard let first = scanner.takeDigits(atMost: 4) else { return nil }
        let found =
            switch (first.utf8.count, scanner.byte()) {
            case (4, UInt8(ascii: "-")): isoDate(first, &scanner)
            case (1...2, UInt8(ascii: "/")): numericDate(first, "/", &scanner)
            case (1...2, UInt8(ascii: "-")): numericDate(first, "-", &scanner)
            case (1...2, _): namedDate(first, &scanner)
            default: SpokenDate?.none
            }
        guard let found, scanner.isAtNumberEnd else { return nil }
        return words.date(found, after: scanner.word(before: start))
    }

    private func isoDate(_ year: String, _ scanner: inout TextScanner) -> SpokenDate? {
        guard scanner.take("-"), let month = scanner.takeDigits(atMost: 2), scanner.take("-"),
            let day = scanner.takeDigits(atMost: 2)
        else { return nil }
        return Self.date(year, Int(month), day)
    }

    private func numericDate(_ day: String, _ separator: String, _ scanner: inout TextScanner) -> SpokenDate? {
        guard scanner.take(separator), let month = scanner.takeDigits(atMost: 2), scanner.take(separator),
            let year = scanner.takeDigits(atMost: 4), year.utf8.count == 4
        else { return nil }
        return Self.date(year, Int(month), day)
    }

    private func namedDate(_ day: String, _ scanner: inout TextScanner) -> SpokenDate? {
        _ = ["st", "nd", "rd", "th"].contains { scanner.take($0) }
        scanner.takeSpaces()
        _ = scanner.take("of ")
        guard let name = scanner.takeLetters(), let month = SpokenDate.month(named: name) else { return nil }
        _ = scanner.take(".")
        _ = scanner.take(",")
        scanner.takeSpaces()
        guard let year = scanner.takeDigits(atMost: 4), year.utf8.count == 4 else { return nil }
        return Self.date(year, month, day)
    }

    private static func date(_ year: String, _ month: Int?, _ day: String) -> SpokenDate? {
        guard let year = Int(year), let month, let day = Int(day) else { return nil }
        return SpokenDate(year: year, month: month, day: day)
    }

    // MARK: Times

    /// `14:30`, `14:30:00`, `2:30 pm`, `2 p.m.`; after "saa" without am or pm the hours are those of the Swahili clock.
    private func time(_ scanner: inout TextScanner) -> String? {
        let start = scanner.position
        guard let first = scanner.takeDigits(atMost: 2), let hour = Int(first) else { return nil }
        var minute = 0
        let hasMinutes = scanner.take(":")
        if hasMinutes {
            guard let text = scanner.takeDigits(atMost: 2), text.utf8.count == 2, let value = Int(text), value < 60
            else { return nil }
            minute = value
            if scanner.take(":") { guard scanner.takeDigits(atMost: 2)?.utf8.count == 2 else { return nil } }
        }
        let half = Self.takeHalf(&scanner)
        guard hasMinutes || half != nil, scanner.isAtNumberEnd else { return nil }
        let previous = scanner.word(before: start)
        guard let time = timeOfDay(hour, minute, half, after: previous) else { return nil }
        return words.time(time, after: previous)
    }

    private enum Half { case morning, afternoon }

    private static func takeHalf(_ scanner: inout TextScanner) -> Half? {
        let start = scanner.position
        scanner.takeSpaces()
        for (name, half) in [("a.m", Half.morning), ("am", .morning), ("p.m", .afternoon), ("pm", .afternoon)]
        where scanner.take(name) {
            // The last point of "p.m." may be the sentence's own, which must not get lost.
            let isLonger = scanner.byte().map(TextScanner.isWordByte) ?? false
            if name.utf8.count == 3, scanner.byte() == UInt8(ascii: "."), scanner.byte(1) == UInt8(ascii: " ") {
                scanner.position += 1
            }
            if !isLonger { return half }
        }
        scanner.position = start
        return nil
    }

    private func timeOfDay(_ hour: Int, _ minute: Int, _ half: Half?, after previous: String) -> SpokenTime? {
        if let half {
            guard (1...12).contains(hour) else { return nil }
            return SpokenTime(hour: hour % 12 + (half == .afternoon ? 12 : 0), minute: minute, clock: .day)
        }
        guard (0...23).contains(hour) else { return nil }
        let isSwahiliClock = language == .swahili && previous == "saa" && (1...12).contains(hour)
        return SpokenTime(hour: hour, minute: minute, clock: isSwahiliClock ? .swahili : .day)
    }

    // MARK: Numbers

    /// A minus that stands alone before its number, which `10-15` has not.
    private func negative(_ scanner: inout TextScanner) -> String? {
        if let before = scanner.byte(-1), before != UInt8(ascii: " "), before != UInt8(ascii: "(") { return nil }
        guard scanner.take("-"), let number = figure(&scanner) else { return nil }
        return "\(words.minus) \(number)"
    }

    /// A number, its share of a hundred, its shillings (`2,500/=`), or what it is the first of.
    private func figure(_ scanner: inout TextScanner) -> String? {
        let start = scanner.position
        guard let number = scanner.takeNumber() else { return nil }
        let end = scanner.position
        if number.decimals.isEmpty, !number.isCode, let whole = number.whole, let ordinal = words.ordinal(whole),
            ["st", "nd", "rd", "th"].contains(where: { scanner.take($0) }), scanner.isAtNumberEnd
        {
            return ordinal
        }
        scanner.position = end
        scanner.takeSpaces()
        if scanner.take("%") { return words.percentage(words.number(number), after: scanner.word(before: start)) }
        scanner.position = end
        if scanner.take("/=") || scanner.take("/-"), let sum = money(number) { return sum }
        scanner.position = end
        return scanner.isAtNumberEnd ? words.number(number) : nil
    }
}
