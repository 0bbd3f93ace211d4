import NameService
import Testing

@testable import NameService

/// What is remembered of names, and for how long.
@Suite struct AnswerBookTests {
    private static func book(_ limit: Int = 4) -> AnswerBook<String> { AnswerBook(limit: limit) }

    @Test func anAnswerHoldsForItsTTLAndIsKeptForWhenNobodyAnswers() {
        var book = Self.book()
        book.remember(NameAnswer(value: "there", ttl: .seconds(10)), of: "a", at: .seconds(100))
        #expect(book.fresh("a", at: .milliseconds(109_999)) == "there")
        #expect(book.fresh("a", at: .seconds(110)) == nil)
        #expect(book.stale("a", at: .seconds(110)) == "there")
        #expect(book.stale("a", at: .seconds(110 + 3600)) == nil)
        #expect(book.fresh("b", at: .seconds(100)) == nil && book.stale("b", at: .seconds(100)) == nil)
    }

    @Test(arguments: [Duration.zero, .seconds(-5)])
    func whatHoldsForNoTimeIsAskedEachTime(ttl: Duration) {
        var book = Self.book()
        book.remember(NameAnswer(value: "there", ttl: ttl), of: "a", at: .zero)
        #expect(book.fresh("a", at: .zero) == nil)
    }

    @Test func noRecordHoldsForLongerThanAnHour() {
        var book = Self.book()
        book.remember(NameAnswer(value: "there", ttl: .seconds(86_400 * 365)), of: "a", at: .zero)
        #expect(book.fresh("a", at: .seconds(3599)) == "there")
        #expect(book.fresh("a", at: .seconds(3600)) == nil)
    }

    @Test func whoWasAskedForLongestAgoIsForgottenFirst() {
        var book = Self.book(3)
        for name in ["a", "b", "c"] { book.remember(NameAnswer(value: name, ttl: .seconds(60)), of: name, at: .zero) }
        #expect(book.fresh("a", at: .seconds(1)) == "a")
        book.remember(NameAnswer(value: "d", ttl: .seconds(60)), of: "d", at: .seconds(2))
        #expect(book.count == 3)
        #expect(book.fresh("b", at: .seconds(3)) == nil)
        #expect(book.fresh("a", at: .seconds(3)) == "a" && book.fresh("d", at: .seconds(3)) == "d")
    }

    @Test func aFloodOfNamesIsBounded() {
        var book = Self.book(100)
        for index in 0..<10_000 {
            book.remember(NameAnswer(value: "", ttl: .seconds(60)), of: "\(index)", at: .milliseconds(index))
            #expect(book.count <= 100)
        }
    }
}
