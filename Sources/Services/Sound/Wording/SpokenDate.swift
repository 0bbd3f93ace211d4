/// A day of the calendar, as it is written in a text.
struct SpokenDate: Equatable {
    let year: Int
    /// 1 to 12.
    let month: Int
    let day: Int

    /// Nil for a day that there is not.
    init?(year: Int, month: Int, day: Int) {
        guard (1000...9999).contains(year), (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The month that a word names, in English or Swahili, whole or by its first letters; nil for none.
    static func month(named word: String) -> Int? {
        let name = word.lowercased()
        guard name.utf8.count >= 3 else { return nil }
        for names in [EnglishWords.months, SwahiliWords.months] {
            let found = names.firstIndex { month in
                let known = month.lowercased()
                return known == name || (name.utf8.count <= 4 && known.hasPrefix(name))
            }
            if let found { return found + 1 }
        }
        return nil
    }
}
