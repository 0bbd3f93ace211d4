import Primitives
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", 0), ("2026-06-27T10:00:00.000Z", 1_782_554_400_000),
        ("2000-02-29T23:59:59.999Z", 951_868_799_999), ("1969-12-31T23:59:59.001Z", -999),
        ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
    ])
    func rendersAndReadsBack(text: String, milliseconds: Int64) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.millisecondsSinceEpoch == milliseconds)
    }

    @Test(arguments: [
        (Int64.min, "0000-01-01T00:00:00.000Z"), (-99_999_999_999_999, "0000-01-01T00:00:00.000Z"),
        (-62_135_596_800_001, "0000-12-31T23:59:59.999Z"), (253_402_300_800_000, "9999-12-31T23:59:59.999Z"),
        (.max, "9999-12-31T23:59:59.999Z"),
    ])
    func whatCannotBeWrittenIsTheNearestThatCan(milliseconds: Int64, text: String) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: "9999-12-31T23:59:59-23:59")?.rfc3339 == "9999-12-31T23:59:59.999Z")
    }

    @Test func readsOffsetsAndFractions() {
        let nairobi = Timestamp(rfc3339: "2026-06-27T13:00:00.5+03:00")
        #expect(nairobi == Timestamp(rfc3339: "2026-06-27T10:00:00.500Z"))
        #expect(Timestamp(rfc3339: "2026-06-27t10:00:00.123456z")?.rfc3339 == "2026-06-27T10:00:00.123Z")
    }

    @Test(arguments: [
        "", "2026-06-27", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-06-27T24:00:00Z",
        "2026-06-27T10:00:00", "2026-06-27T10:00:00.Z", "2026-06-27T10:00:00Zx", "2026-06-27 10:00:00Z",
        "0000-01-01T00:00:00Z",
    ])
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        let moments = (Int64(-73_048)...73_048).lazy.map { Timestamp(millisecondsSinceEpoch: $0 * 86_400_000 + 1) }
        #expect(moments.first { Timestamp(rfc3339: $0.rfc3339) != $0 } == nil)
    }
}
