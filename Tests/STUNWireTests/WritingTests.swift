import STUNWire
import Testing

/// What is written is read as it was.
@Suite struct WritingTests {
    private static let key = TestAuthenticator(password: "a password of twenty-two")

    @Test func aCheckIsReadAsItWasWritten() throws {
        for length in [1, 2, 3, 4, 5, 60, 508] {
            let name = String(repeating: "u", count: length)
            let written = try #require(
                TestMessage.write(STUNType(.request), STUNTransaction(.max, 7)) { writer in
                    writer.add(username: name.utf8)
                    writer.add(priority: 0x7E00_00FF)
                    writer.add(role: .controlling(.max))
                    writer.addUseCandidate()
                    writer.sign(by: Self.key)
                    writer.addFingerprint()
                }
            )
            let read = try TestMessage(written)
            #expect(read.username == name && read.message.priority == 0x7E00_00FF && read.message.nominates)
            #expect(read.message.role == .controlling(.max) && read.message.transaction == STUNTransaction(.max, 7))
            #expect(read.isSigned(by: Self.key) && read.isIntact)
        }
    }

    @Test(arguments: [
        STUNAddress(.v4(0x7F00_0001), 1), STUNAddress(.v4(.max), .max),
        STUNAddress(.v6(0xFE80_0000_0000_0000, 1), 65_535), STUNAddress(.v6(0, 1), 0),
    ])
    func anAnswerIsReadAsItWasWritten(address: STUNAddress) throws {
        let written = try #require(
            TestMessage.write(STUNType(.success)) { writer in
                writer.add(mappedAddress: address)
                writer.sign(by: Self.key)
                writer.addFingerprint()
            }
        )
        let read = try TestMessage(written)
        #expect(read.message.mappedAddress == address && read.isSigned(by: Self.key) && read.isIntact)
    }

    @Test(
        arguments: [
            (.badRequest, 400), (.unauthenticated, 401), (.unknownAttribute, 420), (.roleConflict, 487),
        ] as [(STUNErrorCode, Int)]
    )
    func aRefusalIsReadAsItWasWritten(code: STUNErrorCode, number: Int) throws {
        let written = try #require(
            TestMessage.write(STUNType(.failure)) { writer in
                writer.add(errorCode: code)
                writer.add(unknownAttributes: [0x7F01, 0x7F02, 0x7F03])
                writer.addFingerprint()
            }
        )
        let read = try TestMessage(written)
        #expect(read.message.errorCode == code && Int(code.number) == number)
        #expect(read.message.refused == [0x7F01, 0x7F02, 0x7F03] && read.isIntact && !read.message.hasIntegrity)
    }

    /// Room that is too small gives nothing, and nothing is written beyond it.
    @Test func whatDoesNotFitIsNotWritten() {
        let body: (inout STUNWriter) -> Void = { writer in
            writer.add(username: "abc:defg".utf8)
            writer.add(mappedAddress: STUNAddress(.v6(1, 2), 3))
            writer.add(errorCode: .roleConflict)
            writer.add(role: .controlled(5))
            writer.sign(by: Self.key)
            writer.addFingerprint()
        }
        let whole = TestMessage.write(STUNType(.request), writing: body)?.count ?? 0
        #expect(whole > 20)
        for room in 0..<whole { #expect(TestMessage.write(STUNType(.request), room: room, writing: body) == nil) }
        #expect(TestMessage.write(STUNType(.request), room: whole, writing: body)?.count == whole)
        #expect(TestMessage.write(STUNType(.request)) { $0.add(username: [UInt8](repeating: 65, count: 1480)) } == nil)
    }
}
