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
    readWeb(offer)
    for keys in [keys, []] {
        let endpoint = AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: keys, sessionID: 7)
        _ = OfferAnswer.answer(offer, endpoint)
        _ = OfferAnswer.read(answer: offer, to: OfferAnswer.offer(endpoint))
    }
}

/// What we would agree on with a browser; its candidates and its fingerprints are printed as they were.
func readWeb(_ description: SessionDescription) {
    var random = SystemRandomNumberGenerator()
    let endpoint = WebAudioEndpoint(
        candidates: [ICECandidate(foundation: "1", address: "192.0.2.1", port: 20_000)],
        credentials: ICECredentials(using: &random),
        fingerprints: CertificateFingerprint(.sha256, [UInt8](repeating: 1, count: 32)).map { [$0] } ?? [],
        codecs: WebCodec.allCases,
        sessionID: 7
    )
    _ = try? WebOfferAnswer.read(answer: description, to: endpoint)
    guard let (answer, audio) = try? WebOfferAnswer.answer(description, endpoint) else { return }
    precondition(answer.media.count == description.media.count, "a stream has lost its place")
    let again = try? SessionDescription(parsing: answer.bytes)
    precondition(again?.media.count == answer.media.count, "what was answered is not read as it was")
    for candidate in audio.candidates { precondition(ICECandidate(candidate.text) == candidate) }
    for fingerprint in audio.fingerprints { precondition(CertificateFingerprint(fingerprint.text) == fingerprint) }
}

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    readSDP(bytes)
    return 0
}

exit(unsafe runFuzzer(run))
