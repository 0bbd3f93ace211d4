import Database
import Foundation
import Logging
import ObjectStorage
import Platform
import Server
import TestSupport
import Testing

/// Where files are kept and what they are encrypted with, as settings say; and what the doctor thinks of it.
@Suite struct StorageSettingTests {
    private static let keys = [1, 2, 3].map { Data(repeating: $0, count: 32).base64EncodedString() }

    private func read(_ environment: [String: String]) throws -> ServerConfiguration {
        try ServerConfiguration(SettingsSource(flags: [:], environment: environment))
    }

    @Test func withoutSettingsFilesAreInTheDataFolderAsTheyAre() throws {
        let configuration = try read(["SAUTIKIT_DATA_DIR": "/srv/sautikit"])
        #expect(configuration.storageLocation == .folder("/srv/sautikit"))
        #expect(configuration.storageKeys == nil)
        #expect(configuration.spoolFolder == "/srv/sautikit/spool")
    }

    @Test func aBucketAndKeysAreRead() throws {
        let folder = try TemporaryFolder("keys")
        try Data("\(Self.keys[0])\n\(Self.keys[1])\n".utf8).write(to: URL(filePath: folder.path("keys")))
        let configuration = try read([
            "SAUTIKIT_STORAGE_URL": "s3://sound/calls?region=af-south-1", "SAUTIKIT_S3_ACCESS_KEY_ID": "AKIA",
            "SAUTIKIT_S3_SECRET_ACCESS_KEY": "secret", "SAUTIKIT_RECORDING_KEY_FILE": folder.path("keys"),
            "SAUTIKIT_RECORDING_KEY_PREVIOUS": Self.keys[2],
        ])
        guard case .s3(let settings) = configuration.storageLocation else {
            Issue.record("no bucket: \(configuration.storageLocation)")
            return
        }
        #expect(settings.bucket == "sound" && settings.accessKeyID == "AKIA" && settings.secretAccessKey == "secret")
        #expect(configuration.storageKeys != nil)
        #expect(try read(["SAUTIKIT_RECORDING_KEY": Self.keys[0]]).storageKeys != nil)
    }

    @Test func uploadsHaveLimitsOfTheirOwn() async throws {
        let standard = try read([:])
        #expect(standard.uploadsMaxFiles == 500 && standard.uploadsMaxMegabytes == 1000)
        let folder = try TemporaryFolder("uploads")
        let configuration = try read([
            "SAUTIKIT_UPLOADS_MAX_FILES": "7", "SAUTIKIT_UPLOADS_MAX_MB": "25",
            "SAUTIKIT_DATA_DIR": folder.path("data"),
        ])
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try await SautikitServer(configuration, logger: logger)
        let settings = server.context.settings
        await server.context.database.close()
        #expect(settings.maxUploads == 7 && settings.maxUploadedBytes == 25_000_000)
    }

    @Test(arguments: [
        ("SAUTIKIT_UPLOADS_MAX_MB", "-1"), ("SAUTIKIT_UPLOADS_MAX_FILES", "many"),
        ("SAUTIKIT_STORAGE_URL", "s3://bucket"), ("SAUTIKIT_STORAGE_URL", "/srv"), ("SAUTIKIT_RECORDING_KEY", "abc"),
        ("SAUTIKIT_RECORDING_KEY_FILE", "/there/is/none"), ("SAUTIKIT_RECORDING_KEY_PREVIOUS", keys[0]),
    ])
    func aBadSettingIsNamedAndItsSecretIsNot(_ name: String, _ value: String) throws {
        let fault = try #require(throws: SettingFault.self) { try read([name: value]) }
        #expect(fault.name == name && !fault.description.contains(Self.keys[0]))
    }

    @Test func theDoctorTriesTheStoreOut() async throws {
        let folder = try TemporaryFolder("doctor")
        func finding(_ url: String) async throws -> Finding {
            let flags: [Setting: String] = [.dataFolder: folder.path("."), .httpAddress: "127.0.0.1:0"]
            let environment = [
                "SAUTIKIT_STORAGE_URL": url, "SAUTIKIT_RECORDING_KEY": Self.keys[0],
                "SAUTIKIT_S3_ACCESS_KEY_ID": "AKIA", "SAUTIKIT_S3_SECRET_ACCESS_KEY": "secret",
            ]
            let findings = await Doctor(SettingsSource(flags: flags, environment: environment)).examine()
            return try #require(findings.first { $0.subject == "storage" })
        }
        let fine = try await finding("file:\(folder.path("."))")
        #expect(fine.verdict == .fine && fine.text.hasSuffix("encrypted"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("doctor")) == [])
        try Data().write(to: URL(filePath: folder.path("file")))
        #expect(try await finding("file:\(folder.path("file"))").verdict == .wrong)
        let nobody = "s3://sound?endpoint=http://127.0.0.1:\(FreePort.any())"
        let away = try await finding(nobody)
        #expect(away.verdict == .wrong && !away.text.contains("secret"))
    }
}
