extension SessionDescription {
    /// Whether the describer is a lite agent of ICE.
    package var isLite: Bool { attributes.contains { $0.name == "ice-lite" } }

    /// Whether this is a browser's: its sound goes over DTLS.
    package var isWebRTC: Bool {
        media.contains { $0.media == "audio" && MediaDescription.webTransports.contains($0.transport) }
    }

    /// The streams that share one way with the first (RFC 9143): names of streams.
    package var bundle: [String] {
        for attribute in attributes where attribute.name == "group" {
            let words = (attribute.value ?? "").split(separator: " ").map(String.init)
            if words.first == "BUNDLE" { return Array(words.dropFirst().prefix(MediaDescription.mostLines)) }
        }
        return []
    }

    /// Whether a stream is there: a port of 0 refuses it, unless another stream of its group carries it (RFC 9143 section 6).
    func isWanted(_ stream: MediaDescription) -> Bool {
        if stream.port > 0 { return true }
        guard let name = stream.identification, bundle.contains(name) else { return false }
        return stream.attributes.contains { $0.name == "bundle-only" }
    }

    /// The stream that speaks for the way of all streams of its group: the first of them (RFC 9143 section 7.1.3).
    func tagged(for stream: MediaDescription) -> MediaDescription? {
        guard let name = stream.identification, bundle.contains(name), let tag = bundle.first, tag != name else {
            return nil
        }
        return media.first { $0.identification == tag }
    }

    /// What a stream says of its way, or the first of its group, or the session for all streams.
    func values(of name: String, for stream: MediaDescription) -> [String] {
        let own = stream.values(of: name)
        if !own.isEmpty { return own }
        if let shared = tagged(for: stream)?.values(of: name), !shared.isEmpty { return shared }
        return attributes.lazy.filter { $0.name == name }.prefix(MediaDescription.mostLines).map { $0.value ?? "" }
    }

    /// Whether the describer knows ICE at all; telephones with DTLS may not (RFC 5763).
    func hasICE(in stream: MediaDescription) -> Bool {
        let names = ["ice-ufrag", "ice-pwd", "candidate", "ice-options"]
        return names.contains { !values(of: $0, for: stream).isEmpty }
    }

    func credentials(of stream: MediaDescription) -> ICECredentials? {
        guard let fragment = values(of: "ice-ufrag", for: stream).first,
            let password = values(of: "ice-pwd", for: stream).first
        else { return nil }
        return ICECredentials(fragment: fragment, password: password)
    }

    func fingerprints(of stream: MediaDescription) -> [CertificateFingerprint] {
        values(of: "fingerprint", for: stream).compactMap { CertificateFingerprint($0) }
    }

    /// Without a word the describer begins (RFC 4145 section 4).
    func setup(of stream: MediaDescription) -> DTLSSetup? {
        guard let text = values(of: "setup", for: stream).first else { return .active }
        return DTLSSetup(rawValue: text.lowercased())
    }

    func direction(of stream: MediaDescription) -> Direction {
        stream.direction ?? attributes.lazy.compactMap { Direction(rawValue: $0.name) }.first ?? .sendrecv
    }
}
