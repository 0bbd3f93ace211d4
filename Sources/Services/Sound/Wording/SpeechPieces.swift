/// Cuts a text into pieces that are spoken one after another: while one plays, the next is made.
package enum SpeechPieces {
    /// A sentence that is longer is cut where one breathes.
    static let longest = 240
    /// The first piece is what a caller waits for.
    static let longestFirst = 100
    /// What is shorter goes with what follows, so that a text of very many full stops is not very many pieces.
    static let shortest = 20

    private static let titles: Set<Substring> = ["mr", "mrs", "ms", "dr", "prof", "st", "no", "bw", "bi", "mhe", "rev"]

    /// The pieces in their order, none of them empty; none for a text without anything to say.
    package static func cut(_ text: String) -> [String] {
        var pieces: [String] = []
        for sentence in sentences(text) {
            for part in parts(of: sentence, isFirst: pieces.isEmpty) {
                if let last = pieces.last, last.count < shortest {
                    pieces[pieces.count - 1] = last + " " + part
                } else {
                    pieces.append(part)
                }
            }
        }
        return pieces
    }

    /// Ends where `.`, `!`, `?` or a line ends something.
    private static func sentences(_ text: String) -> [String] {
        var found: [String] = []
        var current = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            current.append(character.isNewline ? " " : character)
            let endsSentence =
                ".!?".contains(character) && (rest.first?.isWhitespace ?? true) && !endsWithTitle(current)
            if endsSentence || character.isNewline {
                found.append(current)
                current = ""
            }
        }
        found.append(current)
        return found.map(trimmed).filter { $0.contains { $0.isLetter || $0.isNumber } }
    }

    private static func endsWithTitle(_ text: String) -> Bool {
        guard text.last == "." else { return false }
        let word = text.dropLast().split(whereSeparator: \.isWhitespace).last ?? ""
        return titles.contains(Substring(word.lowercased())) || word.count == 1
    }

    /// Cuts a long sentence after commas and the like, or between words if it has none.
    private static func parts(of sentence: String, isFirst: Bool) -> [String] {
        var parts: [String] = []
        var rest = Substring(sentence)
        while !rest.isEmpty {
            let limit = isFirst && parts.isEmpty ? longestFirst : longest
            guard rest.count > limit else {
                parts.append(trimmed(String(rest)))
                break
            }
            let window = rest.prefix(limit)
            let comma = window.indices.last { ",;:".contains(window[$0]) && followsSpace(window, $0) }
            let space = window.lastIndex(of: " ")
            let cut = (comma ?? space).map { window.index(after: $0) } ?? window.endIndex
            parts.append(trimmed(String(rest[..<cut])))
            rest = rest[cut...]
        }
        return parts.filter { !$0.isEmpty }
    }

    private static func followsSpace(_ text: Substring, _ index: Substring.Index) -> Bool {
        let next = text.index(after: index)
        return next < text.endIndex && text[next] == " "
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
