import MediaEngine
import Testing

@Suite struct SoftLimiterTests {
    @Test func quietSumsStayAsTheyAre() {
        #expect([-24_576, -1, 0, 1, 24_576].allSatisfy { SoftLimiter.limit($0) == Int16($0) })
    }

    @Test func loudSumsAreOrderedAndNeverWrap() {
        let limited = stride(from: Int32(-3_000_000), through: 3_000_000, by: 997).map(SoftLimiter.limit)
        #expect(zip(limited, limited.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(limited.first.map { $0 < -32_000 } == true && limited.last.map { $0 > 32_000 } == true)
        #expect(SoftLimiter.limit(.max) > 32_000 && SoftLimiter.limit(.min) < -32_000)
    }
}
