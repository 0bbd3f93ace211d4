import Foundation
package import Glibc

/// A program that a test started: its output is kept in a file, and it is ended by its id.
package final class RunningProgram: Sendable {
    /// Its process id.
    package let pid: pid_t
    private let folder: TemporaryFolder
    private let status = Locked<Int32?>(nil)

    /// Starts a program with an environment added to this process's own.
    ///
    /// - Throws: `CommandError` when it cannot be started.
    package init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        in directory: String? = nil
    ) throws {
        folder = try TemporaryFolder("program")
        let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let place = directory.map { ["--chdir=\($0)"] } ?? []
        let words = ["env"] + place + settings + [program] + arguments
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, folder.path("output"), O_WRONLY | O_CREAT, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let copies = unsafe words.map { unsafe strdup($0) }
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        var pid: pid_t = 0
        let failure = unsafe posix_spawnp(&pid, words[0], &actions, nil, copies + [nil], environ)
        guard failure == 0 else {
            throw CommandError(command: program, status: failure, output: "it could not be started")
        }
        self.pid = pid
    }

    deinit {
        // An id that was waited for may be another program's by now.
        guard endStatus() == nil else { return }
        kill(pid, SIGKILL)
        var raw: Int32 = 0
        unsafe waitpid(pid, &raw, 0)
    }

    /// What it has printed so far.
    package var output: String {
        (try? String(contentsOfFile: folder.path("output"), encoding: .utf8)) ?? ""
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
