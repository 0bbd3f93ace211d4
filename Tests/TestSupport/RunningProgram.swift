import Foundation
package import Glibc

/// A program that a test started: its output is kept in a file, and it is ended by its id.
package final class RunningProgram: Sendable {
    /// Its process id.
    package let pid: pid_t
    private let folder: TemporaryFolder
    private let status = Locked<Int32?>(nil)
    /// Our end of its standard input; -1 when it has none.
    private let input: Int32
    private let leadsGroup: Bool

    /// Starts a program with an environment added to this process's own.
    ///
    /// - Parameters:
    ///   - takesInput: whether `write` is to reach its standard input.
    ///   - leadsGroup: whether it starts processes of its own that are to be ended with it.
    /// - Throws: `CommandError` when it cannot be started.
    package init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        in directory: String? = nil,
        takesInput: Bool = false,
        leadsGroup: Bool = false
    ) throws {
        self.leadsGroup = leadsGroup
        folder = try TemporaryFolder("program")
        let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let place = directory.map { ["--chdir=\($0)"] } ?? []
        let words = ["env"] + place + settings + [program] + arguments
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let ends = takesInput ? try Self.socketPair(for: program) : nil
        // The program has its own copy, if it could be started at all.
        defer { if let ends { close(ends.its) } }
        if let ends {
            unsafe posix_spawn_file_actions_adddup2(&actions, ends.its, 0)
        } else {
            unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        input = ends?.ours ?? -1
        unsafe posix_spawn_file_actions_addopen(&actions, 1, folder.path("output"), O_WRONLY | O_CREAT, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let copies = unsafe words.map { unsafe strdup($0) }
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        if leadsGroup { unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
        var pid: pid_t = 0
        let failure = unsafe posix_spawnp(&pid, words[0], &actions, &attributes, copies + [nil], environ)
        guard failure == 0 else {
            if let ends { close(ends.ours) }
            throw CommandError(command: program, status: failure, output: "it could not be started")
        }
        self.pid = pid
    }

    /// A pair of sockets rather than a pipe: writing to a program that has ended must not end the tests by SIGPIPE. No other
    /// program that is started just now gets a copy.
    private static func socketPair(for program: String) throws -> (ours: Int32, its: Int32) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw CommandError(command: program, status: errno, output: "it could be given no input")
        }
        return (ends[0], ends[1])
    }

    deinit {
        if input >= 0 { close(input) }
        // An id that was waited for may be another program's by now.
        guard endStatus() == nil else { return }
        kill(leadsGroup ? -pid : pid, SIGKILL)
        var raw: Int32 = 0
        unsafe waitpid(pid, &raw, 0)
    }

    /// What it has printed so far.
    package var output: String {
        (try? String(contentsOfFile: folder.path("output"), encoding: .utf8)) ?? ""
    }

    /// Writes to its standard input.
    ///
    /// - Throws: `CommandError` when it takes none, or has ended.
    package func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        let count = unsafe send(input, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard count == bytes.count else {
            throw CommandError(command: "write \(text)", status: errno, output: output)
        }
    }

    /// Sends a signal.
    package func signal(_ number: Int32) {
        kill(pid, number)
    }

    /// Waits for its end and returns its exit status; -1 when a signal ended it.
    ///
    /// - Throws: `WaitingTimeout`.
    package func exitStatus(within limit: Duration = .seconds(30)) async throws -> Int32 {
        try await Waiting.until(within: limit) { [self] in endStatus() }
    }

    /// The exit status once it has ended; -1 when a signal ended it.
    package func endStatus() -> Int32? {
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, unsafe waitpid(pid, &raw, WNOHANG) == pid { status = raw & 0x7F == 0 ? raw >> 8 : -1 }
            return status
        }
    }
}
