/// Why there is no leg.
package enum MediaError: Error, Equatable {
    /// All ports of the range are taken.
    case portsExhausted
    /// The system refused: its error number.
    case system(Int32)
    /// The engine was shut down.
    case stopped
}
