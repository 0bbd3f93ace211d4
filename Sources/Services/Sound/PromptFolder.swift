import Foundation
import NIOPosix

/// The operator's prompts: files in a folder, which may be replaced while the server runs.
struct PromptFolder: Sendable {
    let path: String
    let maxFileBytes: Int

    /// A prompt's file, and a name for this version of it.
    struct Found: Sendable {
        let file: String
        let version: String
    }

    /// The file of a prompt; nil when there is none.
    func find(_ name: String) async -> Found? {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isPlain) else { return nil }
        // Fails only when the process is ending and its threads are gone.
        return (try? await NIOThreadPool.singleton.runIfActive { lookUp(name) }) ?? nil
    }

    /// Its bytes; nil when it cannot be read or is too large.
    func read(_ found: Found) async -> [UInt8]? {
        let limit = maxFileBytes
        // As above.
        return
            (try? await NIOThreadPool.singleton.runIfActive { () -> [UInt8]? in
                guard let data = try? Data(contentsOf: URL(filePath: found.file)), data.count <= limit else {
                    return nil
                }
                return [UInt8](data)
            }) ?? nil
    }

    private func lookUp(_ name: String) -> Found? {
        for ending in ["wav", "mp3"] {
            let file = "\(path)/\(name).\(ending)"
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { continue }
            let size = attributes[.size] as? Int ?? 0
            let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return Found(file: file, version: "\(size):\(changed)")
        }
        return nil
    }

    /// Letters, digits, `-` and `_`: nothing that leads out of the folder.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D || byte == 0x5F
    }
}
