/// How a recording's two sides are in its file.
package enum RecordingChannels: String, Sendable, CaseIterable {
    /// Both in one channel, added up. The default.
    case mono
    /// The call's own party on the left, and all that it hears on the right.
    case dual

    /// What a file of so many channels is.
    package init(count: Int) { self = count == 2 ? .dual : .mono }
}
