import Foundation

/// Folders, permissions and space.
struct FileChecks {
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    func findings() -> [Finding] {
        [folder(), masterKey(), environmentFile(), space()].compactMap { $0 }
    }

    private func folder() -> Finding {
        let path = configuration.dataFolder
        guard FileManager.default.fileExists(atPath: path) else {
            let parent = URL(filePath: path).deletingLastPathComponent().path
            return FileManager.default.isWritableFile(atPath: parent)
                ? .fine("data folder", "\(path) will be made at the first start")
                : .wrong("data folder", "\(path) is not there and \(parent) cannot be written", "mkdir -p \(path)")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return .wrong("data folder", "\(path) cannot be written", "chown it to the user of the server")
        }
        return .fine("data folder", path)
    }

    private func masterKey() -> Finding {
        if configuration.masterKey != nil { return .fine("master key", "from SAUTIKIT_MASTER_KEY") }
        let path = configuration.masterKeyFile
        guard FileManager.default.fileExists(atPath: path) else {
            return .fine("master key", "\(path) will be made at the first start; back it up then")
        }
        guard let permissions = MasterKeyFile(path: path).permissions, permissions & 0o077 == 0 else {
            return .wrong("master key", "other users can read \(path)", "chmod 600 \(path)")
        }
        do {
            _ = try MasterKeyFile(path: path).readOrMake()
            return .fine("master key", path)
        } catch {
            return .wrong("master key", error.description, "restore the file from a backup")
        }
    }

    private func environmentFile() -> Finding? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: ".env"),
            let permissions = attributes[.posixPermissions] as? Int, permissions & 0o004 != 0,
            let text = try? String(contentsOfFile: ".env", encoding: .utf8),
            Setting.allCases.contains(where: { $0.isSecret && text.contains($0.environmentName + "=") })
        else { return nil }
        return .wrong(".env", "it holds secrets that every user can read", "chmod 600 .env")
    }

    private func space() -> Finding? {
        let path = FileManager.default.fileExists(atPath: configuration.dataFolder) ? configuration.dataFolder : "."
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value
        else { return nil }
        let text = "\(free / 1_000_000) MB free"
        // A minute of a recorded call takes 3 MB.
        return free < 500_000_000
            ? .wrong("disk", text, "make room: a minute of a recorded call takes 3 MB")
            : .fine("disk", text)
    }
}
