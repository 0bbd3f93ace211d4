/// The first two bytes of a message: its class and method, whose bits are mixed (RFC 8489 section 5).
package struct STUNType: Sendable, Hashable {
    /// What a message is in its transaction.
    package enum Class: UInt16, Sendable, CaseIterable {
        /// Wants an answer.
        case request = 0
        /// Wants none.
        case indication = 1
        /// Answers that it worked.
        case success = 2
        /// Answers that it did not.
        case failure = 3
    }

    /// The only method of ICE.
    package static let binding: UInt16 = 1

    /// What it is in its transaction.
    package let kind: Class
    /// What is asked, of 12 bits.
    package let method: UInt16

    /// Makes a type.
    package init(_ kind: Class, method: UInt16 = binding) {
        self.kind = kind
        self.method = method & 0xFFF
    }

    /// Reads a type; nil when the first two bits are not zero.
    init?(_ word: UInt16) {
        guard word & 0xC000 == 0, let kind = Class(rawValue: word >> 7 & 2 | word >> 4 & 1) else { return nil }
        self.kind = kind
        method = word & 0xF | word >> 1 & 0x70 | word >> 2 & 0xF80
    }

    var word: UInt16 {
        let mixed = method & 0xF | (method & 0x70) << 1 | (method & 0xF80) << 2
        return mixed | (kind.rawValue & 2) << 7 | (kind.rawValue & 1) << 4
    }
}
