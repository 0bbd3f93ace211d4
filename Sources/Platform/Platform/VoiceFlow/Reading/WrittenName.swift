/// A name that somebody else chose, in words of ours.
enum WrittenName {
    /// The longest part of it that is repeated, in characters.
    static let longest = 64

    /// The name, cut when it is long.
    static func cut(_ name: some StringProtocol) -> String {
        let head = name.prefix(longest)
        return head.endIndex == name.endIndex ? String(head) : head + "…"
    }

    /// ` Did you mean 'numDigits'?` when a known name is one edit away, or differs in capitals only; empty otherwise.
    static func suggestion(for name: String, among known: some Sequence<String>) -> String {
        guard name.utf8.count <= longest else { return "" }
        let wanted = Array(name.lowercased())
        let found = known.first { isNear(wanted, Array($0.lowercased())) }
        return found.map { " Did you mean '\($0)'?" } ?? ""
    }

    /// Whether one letter more, less, changed or two swapped makes one name of the other.
    private static func isNear(_ left: [Character], _ right: [Character]) -> Bool {
        let head = zip(left, right).prefix { $0 == $1 }.count
        let (restLeft, restRight) = (left[head...], right[head...])
        let tail = zip(restLeft.reversed(), restRight.reversed()).prefix { $0 == $1 }.count
        let (middleLeft, middleRight) = (restLeft.dropLast(tail), restRight.dropLast(tail))
        if middleLeft.count <= 1, middleRight.count <= 1 { return true }
        return middleLeft.count == 2 && middleLeft.elementsEqual(middleRight.reversed())
    }
}
