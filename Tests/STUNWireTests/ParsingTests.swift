import STUNWire
import Testing

/// Any bytes give a message or an error.
@Suite struct ParsingTests {
    private static func message(_ attributes: String) -> [UInt8] {
        let body = bytes(attributes)
        return bytes("0001") + [UInt8(body.count >> 8), UInt8(body.count & 255)]
            + bytes("2112a442 000000010000000000000002") + body
    }

    @Test(arguments: [VectorTests.request, VectorTests.answer, VectorTests.answer6, VectorTests.longTerm])
    func noTruncationIsAMessage(whole: [UInt8]) {
        for count in 0..<whole.count {
            #expect(throws: STUNParseError.notSTUN) { try TestMessage(Array(whole.prefix(count))) }
            // The same with a length that fits: attributes are cut in the middle, or are fewer.
            guard count >= 20 else { continue }
            var cut = Array(whole.prefix(count))
            (cut[2], cut[3]) = (UInt8((count - 20) >> 8), UInt8((count - 20) & 255))
            let read = try? TestMessage(cut)
            #expect(read?.isSigned(by: VectorTests.password) != true || count >= whole.count - 8)
        }
    }

    @Test func otherProtocolsAreNone() {
        let good = VectorTests.request
        for (place, byte) in [(0, UInt8(0x80)), (0, 0x40), (4, 0x22), (3, 0x57), (3, 0x5C), (2, 1)] {
            var changed = good
            changed[place] = byte
            #expect(throws: STUNParseError.notSTUN) { try TestMessage(changed) }
        }
        #expect(throws: STUNParseError.tooLarge) { try TestMessage([UInt8](repeating: 0, count: 1501)) }
    }

    @Test(arguments: [
        "00240003 000000 00", "00240005 0000000000 000000", "00250001 00000000", "80290007 0000000000000000",
        "802a0000", "00080010 00000000000000000000000000000000", "80280003 00000000", "00200007 0001000000000000",
        "00200008 0003000000000000", "00200008 0002000000000000", "002000140001a1470113a9faa5d3f179bc25f4b5bed2b9d9",
        "00090003 00000000", "00090004 00000200", "00090004 00000764", "00240008 00000000", "0024", "00060001",
        "80280004 00000000 00240004 00000000",
    ])
    func anAttributeOfAnotherFormIsNone(attributes: String) {
        #expect(throws: STUNParseError.malformed) { try TestMessage(Self.message(attributes)) }
    }

    @Test func thereAreLimits() throws {
        let many = String(repeating: "80220000", count: STUNMessage.mostAttributes)
        _ = try TestMessage(Self.message(many))
        #expect(throws: STUNParseError.tooLarge) { try TestMessage(Self.message(many + "80220000")) }
        let name = "000601fc" + String(repeating: "41", count: 508)
        #expect(try TestMessage(Self.message(name)).username?.count == 508)
        let long = "000601fd" + String(repeating: "41", count: 512)
        #expect(throws: STUNParseError.tooLarge) { try TestMessage(Self.message(long)) }
        let unknown = (1...12).map { "7f0\(String($0, radix: 16))0000" }.joined()
        #expect(try TestMessage(Self.message(unknown)).message.unknown == Array(0x7F01...0x7F08))
    }

    /// Only what may not be ignored is told.
    @Test func unknownAttributesAreTold() throws {
        let read = try TestMessage(Self.message("00010008 0001000000000000 c0570004 00000001 80ff0000 00300000"))
        #expect(read.message.unknown == [0x0001, 0x0030])
    }

    /// The first of equals counts, and nothing behind the signature but the checksum.
    @Test func theFirstCounts() throws {
        let signature = "00080014" + String(repeating: "00", count: 20)
        let read = try TestMessage(
            Self.message(
                "00240004 00000005 00240004 00000006 802a0008 0000000000000001 80290008 0000000000000002 \(signature)"
                    + "00250000 00060001 41000000 7f010000 00080014" + String(repeating: "01", count: 20)
            )
        )
        #expect(read.message.priority == 5 && read.message.role == .controlling(1))
        #expect(!read.message.nominates && read.username == nil && read.message.unknown.isEmpty)
        #expect(read.message.hasIntegrity)
    }

    @Test func typesAreMixedBits() throws {
        // A refresh's failure, of RFC 8656: 0x0114.
        var other = VectorTests.answer
        (other[0], other[1]) = (0x01, 0x14)
        #expect(try TestMessage(other).message.type == STUNType(.failure, method: 4))
        for kind in STUNType.Class.allCases {
            for method in [UInt16(0), 1, 0x0F, 0x10, 0x7F, 0x80, 0xABC, 0xFFF] {
                let type = STUNType(kind, method: method)
                let written = try #require(TestMessage.write(type) { _ in })
                #expect(written.count == 20 && written[0] & 0xC0 == 0)
                #expect(try TestMessage(written).message.type == type)
            }
        }
    }
}
