/// How a language says what is not a word: the phrases that `TextExpander` puts in place of figures.
protocol Vocabulary: Sendable {
    /// A whole number, 0 to 10^12.
    func cardinal(_ number: Int) -> String
    /// One digit.
    func digit(_ digit: Int) -> String
    /// The word before decimals.
    var point: String { get }
    /// The word for a plus before a telephone number.
    var plus: String { get }
    /// The word before a negative number.
    var minus: String { get }
    /// "second" of 2; nil where ordinals are not written with figures.
    func ordinal(_ number: Int) -> String?
    /// Shillings and cents.
    func money(shillings: Int, cents: Int) -> String
    /// A share of a hundred.
    ///
    /// - Parameter previous: the word before it, in small letters, which need not be said again.
    func percentage(_ words: String, after previous: String) -> String
    /// A day.
    func date(_ date: SpokenDate, after previous: String) -> String
    /// A time of the day.
    func time(_ time: SpokenTime, after previous: String) -> String
}

extension Vocabulary {
    /// A number with decimals, which are said one by one.
    func number(_ number: SpokenNumber) -> String {
        guard !number.isCode, let whole = number.whole else { return code(number.digits + number.decimals) }
        if number.decimals.isEmpty { return cardinal(whole) }
        return ([cardinal(whole), point] + digits(number.decimals)).joined(separator: " ")
    }

    /// Digit by digit, in groups of three with a pause between them; the first group has what is left, two to four.
    func code(_ text: String) -> String {
        var words = digits(text)[...]
        let rest = words.count % 3
        var groups: [String] = []
        if rest > 0, words.count > 4 {
            let first = rest == 1 ? 4 : 2
            groups.append(words.prefix(first).joined(separator: " "))
            words = words.dropFirst(first)
        } else if words.count <= 4 {
            return words.joined(separator: " ")
        }
        while !words.isEmpty {
            groups.append(words.prefix(3).joined(separator: " "))
            words = words.dropFirst(3)
        }
        return groups.joined(separator: ", ")
    }

    private func digits(_ text: String) -> [String] {
        text.utf8.filter { (0x30...0x39).contains($0) }.map { digit(Int($0) - 0x30) }
    }
}
