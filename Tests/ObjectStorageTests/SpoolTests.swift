import Foundation
import ObjectStorage
import Platform
import Primitives
import TestSupport
import Testing

/// The folder that calls are recorded in.
@Suite struct SpoolTests {
    /// A mono file at 8 kHz as a recorder begins it, with a size that was never filled in.
    static func wave(_ samples: Int) -> [UInt8] {
        let head: [UInt8] = [0xFF, 0xFF, 0xFF, 0x7F]
        let format: [UInt8] = [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]
        return Array("RIFF".utf8) + head + Array("WAVEfmt ".utf8) + format + Array("data".utf8) + head
            + [UInt8](repeating: 5, count: 2 * samples)
    }

    @Test func itsNameOutlivesTheProcess() throws {
        let shelf = try TestShelf()
        let ids = SystemIdentifierSource()
        let again = try SpoolFolder(path: shelf.spool.path, ids: ids)
        #expect(again.id == shelf.spool.id)
        #expect(try TestShelf().spool.id != shelf.spool.id)
        try Data("x".utf8).write(to: URL(filePath: shelf.folder.path("spool/spool.id")))
        #expect(throws: ObjectFailure.self) { try SpoolFolder(path: shelf.spool.path, ids: ids) }
    }

    @Test func whatNobodyWritesToIsFoundAndCompleted() async throws {
        let shelf = try TestShelf()
        let ids = SystemIdentifierSource()
        let recording = SpooledRecording(ids.next(), .record, of: ids.next(), in: "2026/06/27")
        let mix = recording.mix
        #expect(SpooledRecording(mix: mix) == recording)
        try shelf.write(Self.wave(8000) + [9], mix)
        try shelf.write(Self.wave(3), mix.replacingOccurrences(of: "-mix", with: "-sent"))
        try shelf.write(Self.wave(1), "2026/06/27/nobody-mix.wav")
        #expect(try await shelf.spool.quiet(for: .seconds(3600)).isEmpty)
        #expect(try await shelf.spool.quiet(for: .zero) == [recording])
        let facts = try await shelf.spool.complete(mix)
        #expect(facts == RecordingFacts(duration: .seconds(1), sizeBytes: 16_044))
        let bytes = try await shelf.spool.read(mix).collect(upTo: 20_000)
        #expect(bytes.count == 16_044 && bytes[4..<8] == [0xA4, 0x3E, 0, 0] && bytes[40..<44] == [0x80, 0x3E, 0, 0])
        for _ in 0..<2 { try await shelf.spool.remove(RecordingFileNames.all(ofMix: mix)) }
        #expect(!shelf.isSpooled(mix))
        await #expect(throws: ObjectFailure.missing(mix)) { _ = try await shelf.spool.read(mix) }
    }

    @Test func oneOfTwoChannelsIsCompletedAsSuch() async throws {
        let shelf = try TestShelf()
        let ids = SystemIdentifierSource()
        let mix = SpooledRecording(ids.next(), .api, of: ids.next(), in: "2026/06/27").mix
        var bytes = Self.wave(16_000) + [9, 9]
        // Two channels: 32,000 bytes a second, 4 in a frame.
        (bytes[22], bytes[28], bytes[29], bytes[32]) = (2, 0x00, 0x7D, 4)
        try shelf.write(bytes, mix)
        let facts = try await shelf.spool.complete(mix)
        #expect(facts == RecordingFacts(duration: .seconds(1), sizeBytes: 32_044, channels: .dual))
    }

    @Test(arguments: [0, 10, 43]) func whatIsNoRecordingIsNotTouched(_ count: Int) async throws {
        let shelf = try TestShelf()
        let bytes = Array(Self.wave(10).prefix(count))
        try shelf.write(bytes, "x-mix.wav")
        await #expect(throws: ObjectFailure.self) { _ = try await shelf.spool.complete("x-mix.wav") }
        #expect(try await shelf.spool.read("x-mix.wav").collect(upTo: 100) == bytes)
    }
}
