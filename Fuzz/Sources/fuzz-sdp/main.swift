import FuzzDriver
import Glibc
import SDPWire

// Session descriptions and lines of keys, fed by libFuzzer. A trap is a finding, and so is a description that
// does not come back from what was printed of it.

/// What we would answer, with keys and without; a key that is read is printed as it was.
func readSDP(_ bytes: [UInt8]) {
    if let line = try? CryptoAttribute(parsing: String(decoding: bytes, as: UTF8.self)) {
        precondition(CryptoKey(line.key.suite, line.key.bytes) == line.key, "a key that is too long or too short")
    }
    guard let offer = try? SessionDescription(parsing: bytes) else { return }
    let again = try? SessionDescription(parsing: offer.bytes)
    precondition(again == offer, "what was printed is not read as it was")
    var random = SystemRandomNumberGenerator()
    let keys = CryptoSuite.allCases.map { CryptoKey($0, using: &random) }
    for keys in [keys, []] {
        let endpoint = AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: keys, sessionID: 7)
        _ = OfferAnswer.answer(offer, endpoint)
        _ = OfferAnswer.read(answer: offer, to: OfferAnswer.offer(endpoint))
    }
}

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    readSDP(bytes)
    return 0
}

exit(unsafe runFuzzer(run))
