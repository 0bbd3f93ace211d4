import Foundation

/// Secrets that should not stand on a command line.
enum SecretFile {
    static func firstLine(_ path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(whereSeparator: \.isNewline).first
        else { throw CommandFailure("\(path) cannot be read or is empty.") }
        return String(line)
    }
}
