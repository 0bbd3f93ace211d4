/// What devices may register.
package struct RegistrationLimits: Sendable {
    /// How long a registration lasts when the device does not say. Default an hour.
    package var standard: Duration = .seconds(3600)
    /// The shortest. Default a minute.
    package var shortest: Duration = .seconds(60)
    /// The longest; who asks for more gets this. Default 2 hours.
    package var longest: Duration = .seconds(7200)
    /// Contacts of one credential. Default 10.
    package var contacts = 10

    /// Makes the default limits.
    package init() {}
}
