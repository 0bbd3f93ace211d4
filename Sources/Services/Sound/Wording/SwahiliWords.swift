/// Swahili as Kenya speaks it.
struct SwahiliWords: Vocabulary {
    static let months = [
        "Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba", "Oktoba", "Novemba",
        "Desemba",
    ]

    let point = "nukta"
    let plus = "jumlisha"
    let minus = "hasi"

    func cardinal(_ number: Int) -> String { SwahiliNumbers.cardinal(number) }

    func digit(_ digit: Int) -> String { SwahiliNumbers.digit(digit) }

    func ordinal(_ number: Int) -> String? { nil }

    func money(shillings: Int, cents: Int) -> String {
        let part = "senti \(cardinal(cents))"
        if cents > 0, shillings == 0 { return part }
        return "shilingi \(cardinal(shillings))" + (cents > 0 ? " na \(part)" : "")
    }

    func percentage(_ words: String, after previous: String) -> String {
        previous == "asilimia" ? words : "asilimia \(words)"
    }

    /// The first two days of a month have names of their own.
    func date(_ date: SpokenDate, after previous: String) -> String {
        let noun = previous == "tarehe" ? "" : "tarehe "
        let day =
            switch date.day {
            case 1: "mosi"
            case 2: "pili"
            default: cardinal(date.day)
            }
        return "\(noun)\(day) \(Self.months[date.month - 1]) mwaka wa \(cardinal(date.year))"
    }

    /// The day begins at sunrise, six hours after midnight: 14:30 is "saa nane na nusu mchana".
    func time(_ time: SpokenTime, after previous: String) -> String {
        let isLate = time.minute == 45
        let fromSunrise = time.clock == .day ? time.hour + 6 : time.hour
        let hour = cardinal((fromSunrise + (isLate ? 1 : 0) + 11) % 12 + 1)
        let minutes =
            switch time.minute {
            case 0: " kamili"
            case 15: " na robo"
            case 30: " na nusu"
            case 45: " kasoro robo"
            default: " na dakika \(cardinal(time.minute))"
            }
        let noun = previous == "saa" ? "" : "saa "
        return noun + hour + minutes + (time.clock == .day ? " " + Self.part(ofDay: time.hour) : "")
    }

    private static func part(ofDay hour: Int) -> String {
        switch hour {
        case 4..<6: "alfajiri"
        case 6..<12: "asubuhi"
        case 12..<16: "mchana"
        case 16..<19: "jioni"
        default: "usiku"
        }
    }
}
