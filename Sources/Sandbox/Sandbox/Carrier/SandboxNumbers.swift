/// The special numbers of the sandbox carrier; `docs/sandbox.md` has the same table, and a test compares them.
package enum SandboxNumbers {
    /// A row of the table.
    package struct Entry: Sendable {
        /// E.164, or a pattern whose last digit is `N`.
        package let number: String
        /// What happens, for people.
        package let meaning: String
        /// What happens.
        package let behaviour: SandboxBehaviour
    }

    /// The numbers that do something special.
    package static let special: [Entry] = [
        Entry(number: "+254700000001", meaning: "answers at once and speaks", behaviour: .speak(ringing: false)),
        Entry(number: "+254700000002", meaning: "answers and echoes what it hears", behaviour: .echo),
        Entry(number: "+254700000003", meaning: "is busy (486)", behaviour: .refuse(status: 486)),
        Entry(number: "+254700000004", meaning: "declines (603)", behaviour: .refuse(status: 603)),
        Entry(number: "+254700000005", meaning: "rings and never answers", behaviour: .ringOut),
        Entry(number: "+254700000006", meaning: "the carrier is overloaded (503)", behaviour: .refuse(status: 503)),
        Entry(number: "+254700000007", meaning: "is not allocated (404)", behaviour: .refuse(status: 404)),
        Entry(number: "+254700000008", meaning: "answers and presses 1 2 3 4 #", behaviour: .keys("1234#")),
        Entry(
            number: "+254700000009",
            meaning: "answers, speaks and loses 12 % of its packets",
            behaviour: .lossy(percent: 12)
        ),
        Entry(number: "+254700000010", meaning: "answers and plays a tone of 1000 Hz", behaviour: .tone(hertz: 1000)),
        Entry(
            number: "+254700000011",
            meaning: "plays ring-back as early media (183), then answers and speaks",
            behaviour: .earlyMedia
        ),
        Entry(
            number: "+25470000010N",
            meaning: "answers and hangs up after N seconds",
            behaviour: .hangUp(after: .zero)
        ),
    ]

    /// What a number does; every ordinary one rings, answers, speaks and stays on.
    package static func behaviour(of number: String) -> SandboxBehaviour {
        if let entry = special.first(where: { $0.number == number }) { return entry.behaviour }
        if number.count == 13, number.hasPrefix("+25470000010"), let seconds = number.last?.wholeNumberValue {
            return .hangUp(after: .seconds(seconds))
        }
        return .speak(ringing: true)
    }
}
