/// How the other side likes to receive Opus (RFC 7587 section 6.1).
package struct OpusParameters: Sendable, Equatable {
    /// Lost packets can be told from those behind them.
    package var usesInbandFEC = false
    /// Silence need not be sent.
    package var usesDTX = false
    /// Two channels are welcome.
    package var prefersStereo = false
    /// The most bits a second; nil for as many as are good.
    package var mostBitsPerSecond: Int?

    /// Reads parameters of an `fmtp`. Total: what is unknown or out of its range is passed over.
    package init(_ text: String) {
        for parameter in text.split(separator: ";").prefix(32) {
            let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard parts.count == 2 else { continue }
            switch parts[0].lowercased() {
            case "useinbandfec": usesInbandFEC = parts[1] == "1"
            case "usedtx": usesDTX = parts[1] == "1"
            case "stereo": prefersStereo = parts[1] == "1"
            case "maxaveragebitrate":
                mostBitsPerSecond = Int(parts[1]).flatMap { (6000...510_000).contains($0) ? $0 : nil }
            default: break
            }
        }
    }
}
