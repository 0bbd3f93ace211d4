import Crypto
import Foundation
package import ObjectStorage
import Platform

extension ServerConfiguration {
    mutating func readStorage(_ source: SettingsSource) throws(SettingFault) {
        if let url = source[.storageURL] {
            do {
                storage = try StorageLocation(
                    url,
                    accessKeyID: source[.s3AccessKeyID],
                    secretAccessKey: source[.s3SecretAccessKey]
                )
            } catch {
                throw Self.fault(.storageURL, error.description)
            }
        }
        storageKeys = try Self.storageKeys(source)
    }

    /// Where recordings and uploads are kept.
    package var storageLocation: StorageLocation { storage ?? .folder(dataFolder) }

    private static func storageKeys(_ source: SettingsSource) throws(SettingFault) -> StorageKeys? {
        var keys: [SymmetricKey] = []
        if let text = source[.recordingKey] { keys.append(try key(text, .recordingKey)) }
        if let path = source[.recordingKeyFile] {
            guard keys.isEmpty else { throw fault(.recordingKeyFile, "say either this or SAUTIKIT_RECORDING_KEY") }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw fault(.recordingKeyFile, "\(path) cannot be read")
            }
            for line in text.split(whereSeparator: \.isWhitespace) {
                keys.append(try key(String(line), .recordingKeyFile))
            }
            if keys.isEmpty { throw fault(.recordingKeyFile, "\(path) holds no key") }
        }
        let previous = (source[.recordingKeyPrevious] ?? "").split(separator: ",")
        guard let current = keys.first else {
            // Without a key nothing new would be encrypted: that is hardly meant.
            if !previous.isEmpty {
                throw fault(.recordingKeyPrevious, "there is no current key, SAUTIKIT_RECORDING_KEY")
            }
            return nil
        }
        for text in previous { keys.append(try key(text.filter { $0 != " " }, .recordingKeyPrevious)) }
        return StorageKeys(current: current, previous: Array(keys.dropFirst()))
    }

    private static func key(_ text: String, _ setting: Setting) throws(SettingFault) -> SymmetricKey {
        guard let bytes = Data(base64Encoded: text), bytes.count == StorageKeys.byteCount else {
            throw fault(setting, "must be 32 bytes in base64: openssl rand -base64 32 makes some")
        }
        return SymmetricKey(data: bytes)
    }
}
