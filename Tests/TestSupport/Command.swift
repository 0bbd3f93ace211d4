import Foundation
import Glibc

/// Runs a program to its end.
///
/// Not Foundation's `Process`: that sees the end of a program by a socket which a server started by it keeps open.
package enum Command {
    /// Runs `program` and returns what it printed; waits on a thread of its own, since Swift's are few.
    ///
    /// - Throws: `CommandError` when it cannot be started or does not exit with 0.
    @discardableResult
    package static func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try runBlocking(program, arguments) }) }
        }
    }

    /// The same, keeping the calling thread.
    ///
    /// - Throws: `CommandError` when it cannot be started or does not exit with 0.
    @discardableResult
    package static func runBlocking(_ program: String, _ arguments: [String]) throws -> String {
        let folder = try TemporaryFolder("command")
        let output = folder.path("output")
        let command = ([program] + arguments).joined(separator: " ")
        let (pid, failure) = spawn([program] + arguments, output: output)
        guard failure == 0 else {
            throw CommandError(command: command, status: failure, output: unsafe String(cString: strerror(failure)))
        }
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) == -1 && errno == EINTR {}
        let printed = try String(contentsOfFile: output, encoding: .utf8)
        guard status == 0 else { throw CommandError(command: command, status: status >> 8, output: printed) }
        return printed
    }

    private static func spawn(_ words: [String], output: String) -> (pid: pid_t, failure: Int32) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let copies = unsafe words.map { unsafe strdup($0) }
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        var pid: pid_t = 0
        let failure = unsafe posix_spawnp(&pid, words[0], &actions, nil, copies + [nil], environ)
        return (pid, failure)
    }
}
