/// English as Kenya speaks it.
struct EnglishWords: Vocabulary {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    let point = "point"
    let plus = "plus"
    let minus = "minus"

    func cardinal(_ number: Int) -> String { EnglishNumbers.cardinal(number) }

    func digit(_ digit: Int) -> String { EnglishNumbers.digit(digit) }

    func ordinal(_ number: Int) -> String? { EnglishNumbers.ordinal(number) }

    func money(shillings: Int, cents: Int) -> String {
        let whole = cardinal(shillings) + (shillings == 1 ? " shilling" : " shillings")
        let part = cardinal(cents) + (cents == 1 ? " cent" : " cents")
        if cents == 0 { return whole }
        return shillings == 0 ? part : whole + " and " + part
    }

    func percentage(_ words: String, after previous: String) -> String { words + " percent" }

    func date(_ date: SpokenDate, after previous: String) -> String {
        let article = previous == "the" ? "" : "the "
        let day = EnglishNumbers.ordinal(date.day)
        return "\(article)\(day) of \(Self.months[date.month - 1]) \(EnglishNumbers.year(date.year))"
    }

    func time(_ time: SpokenTime, after previous: String) -> String {
        if time.minute == 0, time.hour == 0 { return "midnight" }
        if time.minute == 0, time.hour == 12 { return "noon" }
        let hour = cardinal((time.hour + 11) % 12 + 1)
        let half = time.hour < 12 ? "a m" : "p m"
        switch time.minute {
        case 0: return "\(hour) \(half)"
        case 1...9: return "\(hour) oh \(cardinal(time.minute)) \(half)"
        default: return "\(hour) \(cardinal(time.minute)) \(half)"
        }
    }
}
