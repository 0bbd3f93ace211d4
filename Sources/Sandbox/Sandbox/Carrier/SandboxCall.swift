/// A call that a phone of the sandbox is to make.
package struct SandboxCall: Sendable {
    /// The longest that a phone holds the line.
    static let longest: Duration = .seconds(600)

    /// Who calls, E.164.
    let from: String
    /// Which number, E.164.
    let to: String
    /// Keys to press a second after the answer; the phone speaks when nil.
    let digits: String?
    /// How long the phone holds the line.
    let length: Duration
}
