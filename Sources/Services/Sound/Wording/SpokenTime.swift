/// A time of the day, as it is written in a text.
struct SpokenTime: Equatable {
    /// What the hour counts.
    enum Clock: Equatable {
        /// From midnight, 0 to 23.
        case day
        /// From sunrise or sunset, 1 to 12, as Swahili does after the word "saa".
        case swahili
    }

    let hour: Int
    let minute: Int
    let clock: Clock
}
