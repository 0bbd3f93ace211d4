/// Offer and answer with a browser (RFC 8829, RFC 8839, RFC 8842, RFC 9143) for one audio stream, and with whoever else has DTLS for
/// its sound, ICE or not (RFC 5763). Pure.
package enum WebOfferAnswer {
    private static let transport = "UDP/TLS/RTP/SAVPF"
    private static let identification = "0"

    /// How telephone events are told: their payload type, and the units in a second of their durations.
    private struct Keys {
        let type: Int
        let clockRate: Int

        init(_ type: Int, _ clockRate: Int) {
            (self.type, self.clockRate) = (type, clockRate)
        }
    }

    /// Our offer.
    package static func offer(_ endpoint: WebAudioEndpoint) -> SessionDescription {
        let formats = endpoint.codecs.map { ($0, $0.payloadType, Keys($0.telephoneEventPayloadType, $0.clockRate)) }
        let stream = describe(formats, endpoint, .actpass, .sendrecv, identification: identification)
        return describe(endpoint, [stream], bundle: [identification])
    }

    /// Reads the answer to our offer.
    ///
    /// - Parameter endpoint: what the offer was made of.
    /// - Throws: `WebOfferFault`.
    package static func read(
        answer: SessionDescription,
        to endpoint: WebAudioEndpoint
    ) throws(WebOfferFault) -> NegotiatedWebAudio {
        guard let stream = answer.media.first, isUsable(stream, of: answer) else { throw .noAudio }
        // It must choose.
        guard let setup = answer.setup(of: stream), setup != .actpass else { throw .noFingerprint }
        return try negotiate(answer, stream, endpoint, isHandshakeOurs: setup == .passive, isAnswer: true)
    }

    /// Answers an offer: takes its first audio stream that we can use, and refuses all others in their places.
    ///
    /// - Throws: `WebOfferFault`; of several streams, why the first was not taken.
    package static func answer(
        _ offer: SessionDescription,
        _ endpoint: WebAudioEndpoint
    ) throws(WebOfferFault) -> (answer: SessionDescription, audio: NegotiatedWebAudio) {
        var fault: WebOfferFault?
        for (index, stream) in offer.media.enumerated() where isUsable(stream, of: offer) {
            do throws(WebOfferFault) {
                let (setup, audio) = try take(stream, of: offer, endpoint)
                var streams = offer.media.map(refuse)
                streams[index] = accept(audio, setup, endpoint, as: stream.transport)
                let answer = describe(
                    endpoint,
                    streams,
                    bundle: bundle(audio, in: offer),
                    hasICE: audio.credentials != nil
                )
                return (answer, audio)
            } catch {
                fault = fault ?? error
            }
        }
        throw fault ?? .noAudio
    }

    // MARK: Reading

    private static func isUsable(_ stream: MediaDescription, of description: SessionDescription) -> Bool {
        stream.media == "audio" && description.isWanted(stream)
            && MediaDescription.webTransports.contains(stream.transport)
    }

    private static func take(
        _ stream: MediaDescription,
        of offer: SessionDescription,
        _ endpoint: WebAudioEndpoint
    ) throws(WebOfferFault) -> (DTLSSetup, NegotiatedWebAudio) {
        guard let setup = offer.setup(of: stream)?.answered(wanted: endpoint.setup) else { throw .noFingerprint }
        return (setup, try negotiate(offer, stream, endpoint, isHandshakeOurs: setup == .active))
    }

    private static func negotiate(
        _ description: SessionDescription,
        _ stream: MediaDescription,
        _ endpoint: WebAudioEndpoint,
        isHandshakeOurs: Bool,
        isAnswer: Bool = false
    ) throws(WebOfferFault) -> NegotiatedWebAudio {
        guard !description.isLite else { throw .bothLite }
        guard !description.values(of: "rtcp-mux", for: stream).isEmpty else { throw .noMultiplexing }
        let credentials = description.credentials(of: stream)
        let address = stream.address ?? description.tagged(for: stream)?.address ?? description.address
        guard let address, credentials != nil || (!description.hasICE(in: stream) && address != "0.0.0.0") else {
            throw .noCredentials
        }
        let fingerprints = description.fingerprints(of: stream)
        guard !fingerprints.isEmpty else { throw .noFingerprint }
        let known = codecs(of: stream)
        // Ours is the choice: a telephone has no Opus, whatever a browser likes best. Of several that an answer has we send this one.
        guard let (codec, type) = endpoint.codecs.lazy.compactMap({ codec in known.first { $0.0 == codec } }).first
        else {
            throw .noCodec
        }
        let keys = telephoneEvent(of: stream, codec.clockRate) ?? telephoneEvent(of: stream, WebCodec.pcma.clockRate)
        return NegotiatedWebAudio(
            identification: stream.identification,
            credentials: credentials,
            remoteAddress: address,
            remotePort: stream.port,
            candidates: description.values(of: "candidate", for: stream).compactMap { ICECandidate($0) },
            hasAllCandidates: !description.values(of: "end-of-candidates", for: stream).isEmpty,
            fingerprints: fingerprints,
            isHandshakeOurs: isHandshakeOurs,
            codec: codec,
            payloadType: type,
            otherLawPayloadType: codec == .opus ? nil : known.first { $0.0 != .opus && $0.0 != codec }?.1,
            opusPayloadType: isAnswer && codec != .opus && endpoint.codecs.contains(.opus)
                ? known.first { $0.0 == .opus }?.1 : nil,
            knowsOpus: known.contains { $0.0 == .opus },
            opus: codec == .opus ? OpusParameters(stream.parameters(of: type) ?? "") : nil,
            telephoneEventPayloadType: keys?.type,
            telephoneEventClockRate: keys?.clockRate ?? codec.clockRate,
            comfortNoisePayloadType: codec == .opus ? nil : stream.comfortNoise,
            direction: description.direction(of: stream).answered
        )
    }

    private static func payloadTypes(_ stream: MediaDescription) -> some Sequence<Int> {
        stream.formats.lazy.compactMap { Int($0) }.filter { (0...127).contains($0) }
    }

    private static func codecs(of stream: MediaDescription) -> [(WebCodec, Int)] {
        payloadTypes(stream).compactMap { type in
            guard let encoding = stream.encoding(of: type), let codec = WebCodec(rawValue: encoding.name),
                encoding.clockRate == codec.clockRate
            else { return nil }
            return (codec, type)
        }
    }

    /// Firefox has those of 8,000 units a second alone, also beside Opus.
    private static func telephoneEvent(of stream: MediaDescription, _ clockRate: Int) -> Keys? {
        payloadTypes(stream).first { type in
            guard let encoding = stream.encoding(of: type) else { return false }
            return encoding.name == "TELEPHONE-EVENT" && encoding.clockRate == clockRate
        }
        .map { Keys($0, clockRate) }
    }

    // MARK: Writing

    /// Streams stay in the offered group only when they are taken (RFC 9143 section 7.3).
    private static func bundle(_ audio: NegotiatedWebAudio, in offer: SessionDescription) -> [String] {
        guard let name = audio.identification, offer.bundle.contains(name) else { return [] }
        return [name]
    }

    private static func accept(
        _ audio: NegotiatedWebAudio,
        _ setup: DTLSSetup,
        _ endpoint: WebAudioEndpoint,
        as transport: String
    ) -> MediaDescription {
        describe(
            [
                (
                    audio.codec, audio.payloadType,
                    audio.telephoneEventPayloadType.map { Keys($0, audio.telephoneEventClockRate) }
                )
            ],
            endpoint,
            setup,
            audio.direction,
            identification: audio.identification,
            // An answer has the offer's profile (RFC 8829 section 5.1.2).
            as: transport,
            hasICE: audio.credentials != nil
        )
    }

    /// A refused stream keeps its place and its name, with port 0 (RFC 3264 section 6, RFC 8829 section 5.3.1).
    private static func refuse(_ stream: MediaDescription) -> MediaDescription {
        MediaDescription(
            media: stream.media,
            port: 0,
            transport: stream.transport,
            formats: stream.formats,
            attributes: stream.identification.map { [SDPAttribute("mid", $0)] } ?? []
        )
    }

    private static func describe(
        _ endpoint: WebAudioEndpoint,
        _ media: [MediaDescription],
        bundle: [String],
        hasICE: Bool = true
    ) -> SessionDescription {
        let address = endpoint.candidates[0].address
        var attributes = hasICE ? [SDPAttribute("ice-lite"), SDPAttribute("ice-options", "ice2 trickle")] : []
        if !bundle.isEmpty { attributes.append(SDPAttribute("group", "BUNDLE \(bundle.joined(separator: " "))")) }
        return SessionDescription(
            origin: "sautikit \(endpoint.sessionID) \(endpoint.version) IN \(address.contains(":") ? "IP6" : "IP4") "
                + address,
            address: address,
            attributes: attributes,
            media: media
        )
    }

    private static func describe(
        _ formats: [(codec: WebCodec, type: Int, keys: Keys?)],
        _ endpoint: WebAudioEndpoint,
        _ setup: DTLSSetup,
        _ direction: Direction,
        identification: String?,
        as transport: String = transport,
        hasICE: Bool = true
    ) -> MediaDescription {
        var (types, attributes) = ([Int](), identification.map { [SDPAttribute("mid", $0)] } ?? [])
        for (codec, type, _) in formats {
            types.append(type)
            attributes.append(SDPAttribute("rtpmap", "\(type) \(codec.map)"))
            if let parameters = codec.parameters { attributes.append(SDPAttribute("fmtp", "\(type) \(parameters)")) }
        }
        for (_, _, keys) in formats {
            guard let keys, !types.contains(keys.type) else { continue }
            types.append(keys.type)
            attributes.append(SDPAttribute("rtpmap", "\(keys.type) telephone-event/\(keys.clockRate)"))
            attributes.append(SDPAttribute("fmtp", "\(keys.type) 0-15"))
        }
        return MediaDescription(
            media: "audio",
            port: endpoint.candidates[0].port,
            transport: transport,
            formats: types.map(String.init),
            attributes: attributes + common(endpoint, setup, direction) + (hasICE ? ice(endpoint) : [])
        )
    }

    private static func common(
        _ endpoint: WebAudioEndpoint,
        _ setup: DTLSSetup,
        _ direction: Direction
    ) -> [SDPAttribute] {
        [
            SDPAttribute("ptime", "20"), SDPAttribute(direction.rawValue), SDPAttribute("msid", "sautikit audio"),
            SDPAttribute("rtcp-mux"), SDPAttribute("setup", setup.rawValue),
        ] + endpoint.fingerprints.map { SDPAttribute("fingerprint", $0.text) }
    }

    private static func ice(_ endpoint: WebAudioEndpoint) -> [SDPAttribute] {
        [
            SDPAttribute("ice-ufrag", endpoint.credentials.fragment),
            SDPAttribute(SDPAttribute.icePassword, endpoint.credentials.password),
        ] + endpoint.candidates.map { SDPAttribute("candidate", $0.text) } + [SDPAttribute("end-of-candidates")]
    }
}
