/// What a payer typed as the account, and what they may have meant by it.
///
/// Case, spaces and punctuation do not count. One typo is forgiven: a letter replaced, added, left out, or two neighbours
/// swapped; whoever looks the candidates up must refuse when they name more than one workspace.
struct AccountText {
    private static let mark = Array("TS".utf8)
    private static let length = 8
    /// Capitals and digits of the text, without the leading `TS` when something follows it.
    private let letters: [UInt8]

    /// Nil for a text that has too much or too little in it to be meant as a reference.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let known = text.uppercased().utf8.filter { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        guard (Self.length - 1...Self.length + Self.mark.count + 1).contains(known.count) else { return nil }
        // The mark may have the typo.
        let isMarked = known.starts(with: Self.mark) || known.count == Self.length + Self.mark.count
        letters = known.count > Self.length && isMarked ? Array(known.dropFirst(Self.mark.count)) : known
    }

    /// The reference as it was typed, if it has the right length.
    var exact: String? { letters.count == Self.length ? Self.reference(letters) : nil }

    /// Every reference that one typo makes this text of.
    var nearby: [String] {
        let candidates =
            switch letters.count {
            case Self.length: replaced + swapped
            case Self.length + 1: shortened
            default: lengthened
            }
        return Set(candidates).map(Self.reference)
    }

    private static func reference(_ letters: [UInt8]) -> String {
        "TS-" + String(decoding: letters, as: UTF8.self)
    }

    private var replaced: [[UInt8]] {
        letters.indices.flatMap { index in
            WorkspaceDraft.referenceAlphabet.map { letter in
                var changed = letters
                changed[index] = letter
                return changed
            }
        }
    }

    private var swapped: [[UInt8]] {
        letters.indices.dropLast().map { index in
            var changed = letters
            changed.swapAt(index, index + 1)
            return changed
        }
    }

    private var shortened: [[UInt8]] {
        letters.indices.map { index in
            var changed = letters
            changed.remove(at: index)
            return changed
        }
    }

    private var lengthened: [[UInt8]] {
        (0...letters.count).flatMap { index in
            WorkspaceDraft.referenceAlphabet.map { letter in
                var changed = letters
                changed.insert(letter, at: index)
                return changed
            }
        }
    }
}
