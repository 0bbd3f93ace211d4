import Testing

@testable import SIPStack

/// Who has failed lately is tried last.
@Suite struct PlaceHealthTests {
    @Test func aFailureIsHeldAgainstAPlaceForAWhile() {
        var health = PlaceHealth<String>()
        #expect(health.order(["a", "b", "c"], at: .zero) == ["a", "b", "c"])
        health.failed("a", at: .seconds(10))
        #expect(health.order(["a", "b", "c"], at: .seconds(39)) == ["b", "c", "a"])
        #expect(health.order(["a", "b", "c"], at: .seconds(40)) == ["a", "b", "c"])
        health.failed("b", at: .seconds(40))
        health.answered("b")
        #expect(health.order(["b", "a"], at: .seconds(41)) == ["b", "a"])
    }

    /// When all have failed, their order is as it was: nobody is left out.
    @Test func nobodyIsLeftOut() {
        var health = PlaceHealth<String>()
        for place in ["b", "a"] { health.failed(place, at: .zero) }
        #expect(health.order(["a", "b"], at: .seconds(1)) == ["a", "b"])
    }

    @Test func whatIsRememberedIsBounded() {
        var health = PlaceHealth<Int>(limit: 10)
        for place in 0..<1000 { health.failed(place, at: .milliseconds(place)) }
        #expect(health.count == 10)
        health.failed(2000, at: .seconds(60))
        #expect(health.count == 1)
    }
}
