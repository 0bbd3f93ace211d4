import Configuration
import SystemPackage

/// Where settings come from: flags, then the environment, then `.env`, then defaults.
package struct SettingsSource: Sendable {
    private let reader: ConfigReader

    /// Reads flags, this process's environment and `.env` in the working folder.
    ///
    /// - Throws: when `.env` is there and cannot be read.
    package init(flags: [Setting: String]) async throws {
        let file = try await EnvironmentVariablesProvider(environmentFilePath: FilePath(".env"), allowMissing: true)
        self.init([Self.provider("flags", flags), EnvironmentVariablesProvider(), file])
    }

    /// Reads flags and a given environment, and nothing of the machine.
    package init(flags: [Setting: String], environment: [String: String]) {
        self.init([
            Self.provider("flags", flags), EnvironmentVariablesProvider(environmentVariables: environment),
        ])
    }

    private init(_ providers: [any ConfigProvider]) {
        let pairs = Setting.allCases.compactMap { setting in setting.defaultValue.map { (setting, $0) } }
        let defaults = Self.provider("defaults", Dictionary(uniqueKeysWithValues: pairs))
        reader = ConfigReader(providers: providers + [defaults]).scoped(to: "sautikit")
    }

    /// The value of a setting; nil when it has none or an empty one.
    package subscript(_ setting: Setting) -> String? {
        let value = reader.string(forKey: ConfigKey(setting.rawValue), isSecret: setting.isSecret)
        return value.flatMap { $0.isEmpty ? setting.defaultValue : $0 }
    }

    private static func provider(_ name: String, _ values: [Setting: String]) -> InMemoryProvider {
        let pairs = values.map { setting, value in
            let key = AbsoluteConfigKey(["sautikit"] + setting.rawValue.split(separator: ".").map(String.init))
            return (key, ConfigValue(.string(value), isSecret: setting.isSecret))
        }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }
}
