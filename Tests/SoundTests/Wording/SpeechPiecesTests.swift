import Testing

@testable import Sound

@Suite struct SpeechPiecesTests {
    @Test func sentencesArePieces() {
        let pieces = SpeechPieces.cut("Welcome to Duka la Wanjiku. How can we help you today? Please press one!")
        #expect(pieces == ["Welcome to Duka la Wanjiku.", "How can we help you today?", "Please press one!"])
    }

    @Test func titlesAndInitialsEndNothing() {
        let text = "Dr. A. Otieno and Bw. Kamau will see you at the clinic of St. Luke in Nakuru."
        #expect(SpeechPieces.cut(text) == [text])
    }

    @Test func shortOnesGoTogether() {
        #expect(SpeechPieces.cut("Hi. Yes. No. This is a sentence.") == ["Hi. Yes. No. This is a sentence."])
    }

    @Test func longSentencesAreCutWhereOneBreathes() {
        let clause = "we are sorry that you have to wait for so long"
        let text = Array(repeating: clause, count: 20).joined(separator: ", ")
        let pieces = SpeechPieces.cut(text)
        #expect(pieces.count > 3)
        #expect(pieces[0].count <= SpeechPieces.longestFirst)
        #expect(pieces.allSatisfy { $0.count <= SpeechPieces.longest })
        #expect(pieces.dropLast().allSatisfy { $0.hasSuffix(",") })
        #expect(pieces.joined(separator: " ") == text)
    }

    @Test func withoutSpacesTheyAreCutAnywhere() {
        let pieces = SpeechPieces.cut(String(repeating: "a", count: 1000))
        #expect(pieces.map(\.count).reduce(0, +) == 1000)
        #expect(pieces.allSatisfy { $0.count <= SpeechPieces.longest })
    }

    @Test(arguments: ["", "   ", "\n\n", "...", "!?"]) func nothingIsNothing(_ text: String) {
        #expect(SpeechPieces.cut(text).isEmpty)
    }

    @Test func linesEndSentences() {
        #expect(SpeechPieces.cut("The first line of it\nand then the second line").count == 2)
    }
}
