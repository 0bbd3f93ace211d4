/// What a socket asks for, in either dialect.
package enum StreamEvent: Sendable, Equatable {
    /// Play this after what is being played: linear samples, and how many make a second.
    case audio([Int16], rate: Int)
    /// Play nothing of what was sent before.
    case clear
    /// Say so when everything sent before was played.
    case mark(String)
    /// End the stream.
    case stop
    /// Nothing that is understood; what is wrong with it, in few words, which hold nothing of what was sent.
    case fault(String)
}
