import Foundation
import MediaEngine
import TestSupport
import Testing

/// A telephone that nobody here wrote, while it runs. It plays `hertz` and keeps what it hears.
final class Telephone: Sendable {
    /// What it plays, in Hz.
    static let hertz = 600.0

    private let kind: TelephoneKind
    private let program: RunningProgram
    private let files: TemporaryFolder
    private let account: TelephoneAccount
    /// How much of the output has been read, in bytes.
    private let read = Locked(0)
    private let recordings = Locked(0)

    /// Starts a telephone and waits until it has registered.
    init(_ kind: TelephoneKind, _ account: TelephoneAccount) async throws {
        self.kind = kind
        self.account = account
        files = try TemporaryFolder(kind.name)
        try FileManager.default.createDirectory(atPath: files.path("heard"), withIntermediateDirectories: true)
        try Peers.writeTone(hertz: Self.hertz, files: files)
        program = try kind.start(account, files)
        try await sees(kind.signs.registered)
        try say(kind.words.play, files.path("tone.wav"))
    }

    /// What it has printed.
    var output: String { program.output }

    /// Calls a number.
    func dial(_ number: String) throws {
        try listen()
        try say(kind.words.dial, uri(number))
    }

    /// Waits for a call and answers it.
    func answer() async throws {
        try await rings()
        try say(kind.words.answer)
        try await isUp()
        // Not while it rings: linphone ends without a word.
        try listen()
    }

    /// Waits for a call, and lets it ring.
    func rings() async throws { try await sees(kind.signs.rings) }

    /// Waits until a call is up.
    func isUp() async throws { try await sees(kind.signs.isUp) }

    func hangUp() throws { try say(kind.words.hangUp) }

    /// Puts its call on hold, and waits until it is if it says so.
    func hold() async throws {
        try say(kind.words.hold)
        if let sign = kind.signs.isHeld { try await sees(sign) }
    }

    func resume() throws { try say(kind.words.resume) }

    /// Asks that whom it speaks with is connected with a number (RFC 5589 section 6).
    func transfer(to number: String) throws { try say(kind.words.transfer, uri(number)) }

    /// Waits until it has been told why its transfer failed.
    func seesTransferFail(_ status: String) async throws {
        try await sees(kind.signs.transferFailed.replacing("%", with: status))
    }

    /// Asks that the parties of its first and of its second call are connected (RFC 5589 section 7).
    func connectParties() throws { try say(try #require(kind.words.connect, "\(kind.name) cannot")) }

    /// Presses keys, one after the other.
    func press(_ keys: String) throws {
        for key in keys { try say(kind.words.press, String(key)) }
    }

    /// Waits until it has decoded these keys, in this order.
    func decodes(_ keys: String) async throws {
        for key in keys { try await sees(kind.signs.key.replacing("%", with: String(key))) }
    }

    /// Waits until its output says something, after all that was waited for before.
    func sees(_ sign: String) async throws {
        do {
            try await Waiting.until(within: .seconds(30)) { [self] in reads(sign) ? true : nil }
        } catch is WaitingTimeout {
            throw WaitingTimeout(what: "'\(sign)' of \(kind.name): \(output.suffix(6000))")
        }
    }

    /// Waits for the end of a call, and returns what was heard in it.
    func heard() async throws -> [Int16] {
        try await sees(kind.signs.isOver)
        let folder = files.url.appending(path: "heard")
        let newest = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("dec.wav") }.max()
        let file = try #require(newest, "\(output.suffix(6000))")
        return try WaveFile.samples(parsing: [UInt8](Data(contentsOf: folder.appending(path: file))))
    }

    /// Waits for the end of a call.
    func isOver() async throws { try await sees(kind.signs.isOver) }

    private func uri(_ number: String) -> String {
        "sip:\(number)@\(account.host):\(account.port);transport=\(account.transport)"
    }

    private func listen() throws {
        let number = recordings.withLock { number in
            number += 1
            return number
        }
        try say(kind.words.record, files.path("heard/\(number)-dec.wav"))
    }

    private func say(_ words: String, _ what: String = "") throws {
        if words.isEmpty { return }
        try program.write(words.replacing("%", with: what))
    }

    private func reads(_ sign: String) -> Bool {
        let all = Array(program.output.utf8)
        return read.withLock { read in
            guard let found = all.dropFirst(read).firstRange(of: Array(sign.utf8)) else { return false }
            read = found.upperBound
            return true
        }
    }
}
