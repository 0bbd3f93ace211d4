import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// Runs programs that make sound: without a shell, a few at once, each with an end to its time and to its output.
final class ChildPrograms: Sendable {
    /// What a program may write to its standard error.
    private static let maxErrorBytes = 262_144
    /// What programs see of our environment, which holds secrets.
    private static let environment: Subprocess.Environment = {
        let own = ProcessInfo.processInfo.environment
        var shown: [Subprocess.Environment.Key: String] = ["LANG": "C.UTF-8"]
        for name in ["PATH", "HOME", "TMPDIR"] {
            if let value = own[name] { shown[Subprocess.Environment.Key(stringLiteral: name)] = value }
        }
        return .custom(shown)
    }()

    private let gate: Gate
    private let started = Atomic<Int>(0)

    init(_ settings: SoundSettings) {
        gate = Gate(places: settings.maxPrograms, maxWaiting: settings.maxWaiting)
    }

    /// How many were started.
    var startedCount: Int { started.load(ordering: .relaxed) }

    /// Gives `input` to a program and returns what it says.
    ///
    /// - Parameters:
    ///   - command: its name or path, and its arguments.
    ///   - maxOutputBytes: the most that it may say.
    ///   - limit: how long it may take, once it has begun; then it and what it has started are killed.
    func run(
        _ command: [String],
        input: [UInt8],
        maxOutputBytes: Int,
        limit: Duration
    ) async throws(ChildFailure) -> [UInt8] {
        guard await gate.enter() else { throw .busy }
        let result = await race(command, input, maxOutputBytes, limit)
        await gate.leave()
        return try result.get()
    }

    private func race(
        _ command: [String],
        _ input: [UInt8],
        _ maxOutputBytes: Int,
        _ limit: Duration
    ) async -> Result<[UInt8], ChildFailure> {
        started.add(1, ordering: .relaxed)
        return await withTaskGroup(of: Result<[UInt8], ChildFailure>.self) { group in
            group.addTask { await Self.outcome(of: command, input, maxOutputBytes) }
            group.addTask {
                // Cancelled when the program has ended: then nobody asks.
                _ = try? await Task.sleep(for: limit)
                return .failure(.timeout)
            }
            let first = await group.next() ?? .failure(.timeout)
            // The program is killed with its task.
            group.cancelAll()
            return first
        }
    }

    private static func outcome(
        of command: [String],
        _ input: [UInt8],
        _ maxOutputBytes: Int
    ) async -> Result<[UInt8], ChildFailure> {
        guard let program = command.first, !program.isEmpty else { return .failure(.missing) }
        // A session of its own, so that whatever it starts can be killed with it.
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())),
                environment: environment,
                platformOptions: options,
                input: .inputWriter,
                output: .bytes(limit: maxOutputBytes),
                error: .string(limit: maxErrorBytes)
            ) { execution in
                // Written here and not by the library, which traps when a program ends before it has read all. Such a
                // program says what it thinks with its status.
                _ = try? await execution.standardInputWriter.write(input)
            }
            guard result.terminationStatus.isSuccess else {
                return .failure(.failed("\(result.terminationStatus): \(result.standardError.prefix(500))"))
            }
            return .success(result.standardOutput)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .failure(.tooMuchOutput)
        } catch let error as SubprocessError where error.code == .executableNotFound || error.code == .spawnFailed {
            return .failure(.missing)
        } catch {
            return .failure(.failed(String(describing: error)))
        }
    }
}
