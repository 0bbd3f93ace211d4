import RTPWire
import Testing

@Suite struct G711Tests {
    @Test(
        arguments: [(0xD5, 8), (0x55, -8), (0xAA, 32_256), (0x2A, -32_256), (0x80, 5504), (0xC5, 264)]
            as [(UInt8, Int16)]
    )
    func aLawExpandsToTheValuesOfG711(code: UInt8, linear: Int16) {
        #expect(G711.linearOfALaw[Int(code)] == linear)
    }

    @Test(
        arguments: [(0xFF, 0), (0x7F, 0), (0x80, 32_124), (0x00, -32_124), (0xF0, 120), (0xCE, 988)] as [(UInt8, Int16)]
    )
    func uLawExpandsToTheValuesOfG711(code: UInt8, linear: Int16) {
        #expect(G711.linearOfULaw[Int(code)] == linear)
    }

    @Test func everyCodeComesBack() {
        #expect((0...255).allSatisfy { G711.aLaw(G711.linearOfALaw[$0]) == UInt8($0) })
        // u-law has two zeros, which are one value.
        #expect((0...255).allSatisfy { $0 == 0x7F || G711.uLaw(G711.linearOfULaw[$0]) == UInt8($0) })
    }

    @Test func theErrorIsWithinAStepAtEveryLevel() {
        for sample in stride(from: -32_700, through: 32_700, by: 7) {
            let step = max(16, abs(sample) / 16)
            let aLaw = Int(G711.linearOfALaw[Int(G711.aLaw(Int16(sample)))])
            let uLaw = Int(G711.linearOfULaw[Int(G711.uLaw(Int16(sample)))])
            guard abs(aLaw - sample) <= step, abs(uLaw - sample) <= step + 16 || abs(sample) > 32_100 else {
                Issue.record("\(sample) became \(aLaw) and \(uLaw)")
                return
            }
        }
    }
}
