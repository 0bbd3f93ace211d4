/// Why a datagram is no message that can be used.
package enum STUNParseError: Error, Equatable {
    /// It is no STUN at all: no cookie, or a length that is not its own.
    case notSTUN
    /// It is longer than any path would carry it, or has more attributes than anybody needs.
    case tooLarge
    /// An attribute ends beyond the message, or has another length than its kind has, or stands where none may stand.
    case malformed
}
