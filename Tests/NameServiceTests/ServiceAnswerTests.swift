import Primitives
import Testing

@testable import NameService

/// Answers about services, byte by byte (RFC 1035 section 4, RFC 2782).
@Suite struct ServiceAnswerTests {
    /// `_sip._udp.a.test`, with two SRV records, the second's target compressed to the question's `a.test`.
    static let answer: [UInt8] =
        [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0]
        + [4] + Array("_sip".utf8) + [4] + Array("_udp".utf8) + [1, 0x61, 4] + Array("test".utf8) + [0, 0, 33, 0, 1]
        + record(ttl: 300, [0, 10, 0, 60, 0x13, 0xC4, 1, 0x78, 0xC0, 22])
        + record(ttl: 60, [0, 20, 0, 0, 0x13, 0xC6, 0xC0, 22])

    static func record(type: UInt8 = 33, ttl: UInt8 = 60, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, type, 0, 1, 0, 0, 0, ttl] + [0, UInt8(data.count)] + data
    }

    static func record(ttl: Int, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, 33, 0, 1, 0, 0, UInt8(ttl >> 8), UInt8(ttl & 0xFF), 0, UInt8(data.count)] + data
    }

    @Test func recordsAreReadWithTheLowestTTL() throws {
        let found = try #require(ServiceAnswer.read(Self.answer))
        #expect(
            found.value == [
                ServiceRecord(priority: 10, weight: 60, port: 5060, target: "x.a.test"),
                ServiceRecord(priority: 20, weight: 0, port: 5062, target: "a.test"),
            ]
        )
        #expect(found.ttl == .seconds(60))
    }

    @Test func theRootIsNoTarget() throws {
        let bytes = Self.answer.prefix(7) + [1] + Self.answer[8..<34] + Self.record(ttl: 9, [0, 0, 0, 0, 0, 0, 0])
        let found = try #require(ServiceAnswer.read(Array(bytes)))
        #expect(found.value == [ServiceRecord(priority: 0, weight: 0, port: 0, target: "")])
    }

    @Test func moreRecordsThanAreLookedAtAreLeftOut() {
        let one = Self.record(ttl: 60, [0, 1, 0, 1, 0x13, 0xC4, 0xC0, 22])
        let bytes = Self.answer.prefix(7) + [100] + Self.answer[8..<34] + (0..<100).flatMap { _ in one }
        #expect(ServiceAnswer.read(Array(bytes))?.value.count == ServiceAnswer.mostRecords)
    }

    @Test func aNameThatPointsToItselfIsPassedOver() {
        let bytes = Self.answer.prefix(7) + [1] + Self.answer[8..<34]
        // The target's bytes begin 18 bytes after the record does, at 34.
        let found = ServiceAnswer.read(Array(bytes) + Self.record(ttl: 60, [0, 1, 0, 1, 0x13, 0xC4, 0xC0, 52]))
        #expect(found?.value.isEmpty != false)
    }

    /// Whatever a name server sends is read without harm, and within its bounds.
    @Test func anyBytesAreRead() {
        var random = SplitMix64(seed: 3263)
        for round in 0..<50_000 {
            var bytes = Self.answer
            for _ in 0...Int.random(in: 0...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            if round % 3 == 0 { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) }
            guard let found = ServiceAnswer.read(bytes) else { continue }
            #expect(found.value.count <= ServiceAnswer.mostRecords && found.ttl >= .zero)
            #expect(found.value.allSatisfy { $0.target.utf8.count < 256 && (0...65_535).contains($0.port) })
        }
    }
}
