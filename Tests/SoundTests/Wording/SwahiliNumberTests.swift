import Testing

@testable import Sound

@Suite struct SwahiliNumberTests {
    /// The unit comes before its count, "na" between the parts; a pause where the count itself has parts or could take them.
    @Test(arguments: [
        (0, "sifuri"), (1, "moja"), (2, "mbili"), (3, "tatu"), (4, "nne"), (5, "tano"), (6, "sita"), (7, "saba"),
        (8, "nane"), (9, "tisa"), (10, "kumi"), (11, "kumi na moja"), (12, "kumi na mbili"), (15, "kumi na tano"),
        (19, "kumi na tisa"), (20, "ishirini"), (21, "ishirini na moja"), (25, "ishirini na tano"), (30, "thelathini"),
        (34, "thelathini na nne"), (40, "arobaini"), (46, "arobaini na sita"), (50, "hamsini"), (58, "hamsini na nane"),
        (60, "sitini"), (67, "sitini na saba"), (70, "sabini"), (73, "sabini na tatu"), (80, "themanini"),
        (82, "themanini na mbili"), (90, "tisini"), (99, "tisini na tisa"), (100, "mia moja"),
        (101, "mia moja na moja"), (110, "mia moja na kumi"), (111, "mia moja na kumi na moja"), (200, "mia mbili"),
        (255, "mia mbili na hamsini na tano"), (500, "mia tano"), (999, "mia tisa na tisini na tisa"),
        (1000, "elfu moja"), (1001, "elfu moja na moja"), (1100, "elfu moja na mia moja"), (2005, "elfu mbili na tano"),
        (2026, "elfu mbili na ishirini na sita"), (2500, "elfu mbili na mia tano"),
        (9999, "elfu tisa na mia tisa na tisini na tisa"), (10_000, "elfu kumi"), (10_005, "elfu kumi, na tano"),
        (15_000, "elfu kumi na tano"), (20_000, "elfu ishirini"), (20_005, "elfu ishirini, na tano"),
        (25_000, "elfu ishirini na tano"), (25_500, "elfu ishirini na tano, na mia tano"),
        (99_000, "elfu tisini na tisa"), (100_000, "laki moja"), (100_001, "laki moja na moja"),
        (150_000, "laki moja na elfu hamsini"), (250_750, "laki mbili na elfu hamsini, na mia saba na hamsini"),
        (900_000, "laki tisa"), (1_000_000, "milioni moja"), (1_000_005, "milioni moja na tano"),
        (1_500_000, "milioni moja na laki tano"), (15_000_000, "milioni kumi na tano"),
        (10_000_005, "milioni kumi, na tano"), (250_000_000, "milioni mia mbili na hamsini"),
        (1_000_000_000, "bilioni moja"), (47_000_000_000, "bilioni arobaini na saba"),
        (1_000_000_000_000, "trilioni moja"),
    ])
    func isSaid(_ number: Int, _ words: String) {
        #expect(SwahiliNumbers.cardinal(number) == words)
    }

    /// No two amounts sound alike.
    @Test func everyNumberHasItsOwnWords() {
        var seen: [String: Int] = [:]
        let steps = Array(0...30_000) + stride(from: 30_000, through: 3_000_000, by: 97)
        for number in Set(steps) { #expect(seen.updateValue(number, forKey: SwahiliNumbers.cardinal(number)) == nil) }
    }
}
