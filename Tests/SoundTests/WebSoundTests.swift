import Foundation
import HTTPTypes
import Hummingbird
import MediaEngine
import NIOCore
import OutboundHTTP
import Platform
import Primitives
import TestSupport
import Testing
import WebTestSupport

@testable import Sound

/// Files of a web server on loopback, made by sox and decoded by it.
@Suite(.timeLimit(.minutes(3))) struct WebSoundTests {
    /// One second of a sine as a file, made by sox with these options of its own.
    private static func tone(
        _ hertz: Int,
        _ options: String,
        ending: String = "wav",
        seconds: Int = 1
    ) async throws -> [UInt8] {
        let folder = try TemporaryFolder("tone")
        let file = folder.path("tone.\(ending)")
        _ = try await Command.run(
            "sox",
            ["-n"] + options.split(separator: " ").map(String.init)
                + [file, "synth", "\(seconds)", "sine", "\(hertz)", "vol", "0.5"]
        )
        return [UInt8](try Data(contentsOf: URL(filePath: file)))
    }

    private static func response(_ bytes: [UInt8], _ headers: HTTPFields = [:]) -> Response {
        Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    @Test(arguments: [
        ("-r 8000 -b 16 -c 1", "wav"), ("-r 44100 -b 16 -c 2", "wav"), ("-r 48000 -b 24 -c 1", "wav"),
        ("-r 16000 -b 8 -c 1 -e unsigned-integer", "wav"), ("-r 8000 -c 1 -e a-law", "wav"),
        ("-r 8000 -c 2 -e mu-law", "wav"), ("-r 22050 -b 32 -c 1 -e floating-point", "wav"),
        ("-r 44100 -c 2 -C 128", "mp3"), ("-r 16000 -c 1 -C 32", "mp3"),
    ])
    func everyKindIsHeard(_ options: String, _ ending: String) async throws {
        let file = try await Self.tone(440, options, ending: ending)
        let server = try await TestWebServer { _, _ in Self.response(file) }
        let world = try await SoundWorld()
        let samples = try await world.running { try await world.samples("http://127.0.0.1:\(server.port)/a") }
        #expect((7800...9000).contains(samples.count))
        let middle = Array(samples[1000..<7000])
        #expect(Goertzel.share(of: 440, in: middle) > 0.97)
        // Half of full scale in a sine.
        #expect((10_500...12_600).contains(middle.rms))
    }

    /// What 8 kHz cannot hold is filtered out and not folded down to 3 kHz.
    @Test func highTonesAreNotFoldedDown() async throws {
        let file = try await Self.tone(5000, "-r 44100 -b 16 -c 1")
        let server = try await TestWebServer { _, _ in Self.response(file) }
        let world = try await SoundWorld()
        let samples = try await world.running { try await world.samples("http://127.0.0.1:\(server.port)/a") }
        #expect(Array(samples[1000..<7000]).rms < 20)
    }

    @Test func htmlIsNoAudioWhateverItIsCalled() async throws {
        let page = Array("<!DOCTYPE html><html><body>Not found, sorry about that</body></html>".utf8)
        let server = try await TestWebServer { _, _ in Self.response(page, [.contentType: "audio/mpeg"]) }
        let world = try await SoundWorld()
        let words = try await world.running {
            try await SoundError.words { _ = try await world.samples("http://127.0.0.1:\(server.port)/a.mp3") }
        }
        #expect(words == "this is not audio that can be played: WAV or MP3")
        #expect(world.library.startedPrograms == 0)
    }

    @Test(arguments: ["RIFF????WAVEfmt nonsense that is no wave at all", "ID3\u{4}nonsense that is no frame at all"])
    func nonsenseIsNoAudio(_ text: String) async throws {
        let server = try await TestWebServer { _, _ in Self.response(Array(text.utf8)) }
        let world = try await SoundWorld()
        let words = try await world.running {
            try await SoundError.words { _ = try await world.samples("http://127.0.0.1:\(server.port)/a") }
        }
        #expect(words == "this is not audio that can be played: WAV or MP3")
    }

    @Test func limitsHold() async throws {
        let file = try await Self.tone(440, "-r 8000 -b 16 -c 1", seconds: 3)
        let server = try await TestWebServer { request, _ in
            if request.uri.path == "/slow" { await Silence.forever() }
            return request.uri.path == "/gone" ? Response(status: .notFound) : Self.response(file)
        }
        let root = "http://127.0.0.1:\(server.port)"
        let small = try await SoundWorld { $0.maxFileBytes = 1000 }
        let large = try await small.running { try await SoundError.words { _ = try await small.samples("\(root)/a") } }
        #expect(large == "the audio is larger than 1000 bytes")
        let short = try await SoundWorld { $0.longestSound = .seconds(2) }
        let long = try await short.running { try await SoundError.words { _ = try await short.samples("\(root)/a") } }
        #expect(long == "the audio is longer than 2.0 seconds")
        let hasty = try await SoundWorld { $0.fetchTimeout = .milliseconds(300) }
        let slow = try await hasty.running {
            try await SoundError.words { _ = try await hasty.samples("\(root)/slow") }
        }
        #expect(slow == "no answer within 0.3 seconds")
        let world = try await SoundWorld()
        let gone = try await world.running {
            try await SoundError.words { _ = try await world.samples("\(root)/gone") }
        }
        #expect(gone == "the server answered with the status 404")
    }

    @Test func aPrivateAddressIsRefused() async throws {
        let world = try await SoundWorld(policy: DestinationPolicy())
        let words = try await world.running {
            try await SoundError.words { _ = try await world.samples("http://127.0.0.1:8080/a.wav") }
        }
        #expect(words == "refused: 127.0.0.1 is a loopback address")
    }

    // MARK: The cache

    /// A server that counts, and answers 304 to whoever knows the version.
    private static func counted(
        _ file: [UInt8],
        _ headers: HTTPFields
    ) async throws -> (server: TestWebServer, log: Locked<[Int]>) {
        let log = Locked<[Int]>([])
        let server = try await TestWebServer { request, _ in
            let isKnown = headers[.eTag] != nil && request.headers[.ifNoneMatch] == headers[.eTag]
            log.withLock { $0.append(isKnown ? 304 : 200) }
            return isKnown ? Response(status: .notModified, headers: headers) : Self.response(file, headers)
        }
        return (server, log)
    }

    @Test func aFreshFileIsNotAskedForAgain() async throws {
        let file = try await Self.tone(440, "-r 8000 -b 16 -c 1")
        let (server, log) = try await Self.counted(file, [.cacheControl: "max-age=100", .eTag: "\"a\""])
        let world = try await SoundWorld()
        try await world.running {
            let url = "http://127.0.0.1:\(server.port)/a"
            let first = try await world.samples(url)
            #expect(try await world.samples(url) == first)
            #expect(log.withLock { $0 } == [200])
            // Another node plays it too, and when its time is over one question renews it for both.
            let other = world.anotherLibrary()
            #expect(try await other.sound(.web(url), workspaceID: world.workspaceID).allSamples == first)
            #expect(other.startedPrograms == 0)
            world.clock.advance(by: .seconds(101))
            #expect(try await world.samples(url) == first)
            #expect(log.withLock { $0 } == [200, 304])
            _ = try await other.sound(.web(url), workspaceID: world.workspaceID)
            #expect(log.withLock { $0 } == [200, 304])
            #expect(world.library.startedPrograms == 1)
        }
    }

    @Test(arguments: [("no-cache", [200, 304]), ("no-store", [200, 200]), ("max-age=0", [200, 304])])
    func aServerSaysHowLongItIsKept(_ control: String, _ expected: [Int]) async throws {
        let file = try await Self.tone(440, "-r 8000 -b 16 -c 1")
        var headers: HTTPFields = [.cacheControl: control]
        if control != "no-store" { headers[.eTag] = "\"a\"" }
        let (server, log) = try await Self.counted(file, headers)
        let world = try await SoundWorld()
        try await world.running {
            let url = "http://127.0.0.1:\(server.port)/a"
            let first = try await world.samples(url)
            #expect(try await world.samples(url) == first)
            #expect(log.withLock { $0 } == expected)
        }
    }

    @Test func aChangedFileIsHeardAsItIs() async throws {
        let (old, new) = (
            try await Self.tone(440, "-r 8000 -b 16 -c 1"), try await Self.tone(1000, "-r 8000 -b 16 -c 1")
        )
        let isNew = Locked(false)
        let server = try await TestWebServer { _, _ in
            let bytes = isNew.withLock { $0 } ? new : old
            return Self.response(bytes, [.eTag: "\"\(bytes.count)\"", .cacheControl: "no-cache"])
        }
        let world = try await SoundWorld()
        try await world.running {
            let url = "http://127.0.0.1:\(server.port)/a"
            let before = try await world.samples(url)
            #expect(Goertzel.share(of: 440, in: before) > 0.9)
            isNew.withLock { $0 = true }
            let after = try await world.samples(url)
            #expect(Goertzel.share(of: 1000, in: after) > 0.9)
        }
    }
}
