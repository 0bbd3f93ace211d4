/// A setting that cannot be used, with what it should look like.
package struct SettingFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The environment variable's name.
    package let name: String
    /// What is wrong and what is wanted; never a secret.
    package let message: String

    /// Names a setting at fault.
    package init(_ name: String, _ message: String) {
        self.name = name
        self.message = message
    }

    /// For the operator's terminal.
    package var description: String { "\(name): \(message)" }
}
