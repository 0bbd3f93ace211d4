import NIOPosix

/// Event loops of the SIP tests alone: those that all share are busy with whole servers while the API is fuzzed, and a SIP timer
/// does not wait.
enum SIPLoops {
    static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
}
