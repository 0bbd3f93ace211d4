/// A registration with the credential that made it, for its owner.
package struct RegisteredDevice: Sendable {
    /// What is registered.
    package let registration: Registration
    /// The credential's user name.
    package let username: String
    /// What the credential's maker calls it.
    package let label: String
}
