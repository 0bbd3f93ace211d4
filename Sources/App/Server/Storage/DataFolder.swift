import Foundation

/// The folder of everything that a server keeps.
package enum DataFolder {
    /// Makes the folder and those within it, closed to other users.
    ///
    /// - Throws: `StorageFault`.
    package static func prepare(_ configuration: ServerConfiguration) throws(StorageFault) {
        let folders = [
            configuration.dataFolder, configuration.spoolFolder, configuration.promptsFolder,
            configuration.soundsFolder,
        ]
        for path in folders {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw StorageFault(path: path, message: "cannot be made: \(error.localizedDescription)")
            }
        }
    }
}
