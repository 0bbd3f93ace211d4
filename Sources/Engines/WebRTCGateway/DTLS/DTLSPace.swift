/// When a flight is sent again for which no answer came (RFC 6347 section 4.2.4). OpenSSL gives up after the twelfth time.
package struct DTLSPace: Sendable {
    /// OpenSSL takes anything below 15 ms for over.
    private static let shortest: UInt32 = 20_000

    private let first: UInt32
    private let longest: UInt32

    /// Makes a pace.
    ///
    /// - Parameters:
    ///   - first: how long is waited at first, and then twice as long each time. At least 20 ms.
    ///   - longest: how long is waited at most.
    package init(first: Duration = .milliseconds(100), longest: Duration = .seconds(2)) {
        self.first = max(Self.shortest, UInt32(clamping: Int(first / .microseconds(1))))
        self.longest = max(self.first, UInt32(clamping: Int(longest / .microseconds(1))))
    }

    /// - Parameter last: how long was waited before, 0 for not at all.
    func microseconds(after last: UInt32) -> UInt32 { last == 0 ? first : min(longest, 2 * min(last, longest)) }
}
