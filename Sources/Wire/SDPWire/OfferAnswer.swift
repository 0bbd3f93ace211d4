/// Offer and answer (RFC 3264) for one audio stream of G.711 and telephone events. Pure.
package enum OfferAnswer {
    /// Our offer: secured when the endpoint has keys.
    package static func offer(_ endpoint: AudioEndpoint) -> SessionDescription {
        let event = AudioEndpoint.telephoneEventPayloadType
        let types = endpoint.codecs.map(\.payloadType)
        var attributes = endpoint.codecs.map { SDPAttribute("rtpmap", "\($0.payloadType) \($0.rawValue)/8000") }
        attributes += [
            SDPAttribute("rtpmap", "\(event) telephone-event/8000"), SDPAttribute("fmtp", "\(event) 0-15"),
            SDPAttribute("ptime", "20"), SDPAttribute("sendrecv"),
        ]
        for (index, key) in endpoint.keys.enumerated() {
            attributes.append(SDPAttribute(SDPAttribute.crypto, CryptoAttribute(tag: index + 1, key: key).text))
        }
        let stream = MediaDescription(
            media: "audio",
            port: endpoint.port,
            transport: (endpoint.keys.isEmpty ? RTPProfile.avp : .savp).rawValue,
            formats: (types + [event]).map(String.init),
            attributes: attributes
        )
        return describe(endpoint, [stream])
    }

    /// Reads the answer to our offer; nil when it takes no codec of ours or refuses the stream, or is not secured as we offered.
    ///
    /// - Parameter offer: ours; nil for a plain one.
    package static func read(answer: SessionDescription, to offer: SessionDescription? = nil) -> NegotiatedAudio? {
        let asked = offer?.media.first { $0.media == "audio" && $0.isSecured }
        guard let stream = answer.media.first(where: { $0.media == "audio" && $0.port > 0 }),
            stream.isSecured == (asked != nil), var audio = negotiate(answer, stream, AudioCodec.allCases)
        else { return nil }
        guard let asked else { return audio }
        // The tag and the suite must be those of one of our lines (RFC 4568 section 5.1.3).
        guard let taken = stream.crypto.first,
            let own = asked.crypto.first(where: { $0.tag == taken.tag && $0.key.suite == taken.key.suite })
        else { return nil }
        audio.crypto = NegotiatedCrypto(local: own.key, remote: taken.key)
        return audio
    }

    /// Answers an offer: takes the first audio stream with a codec of ours, a secured one before all others, and refuses all
    /// others; nil when there is none.
    package static func answer(
        _ offer: SessionDescription,
        _ endpoint: AudioEndpoint
    ) -> (answer: SessionDescription, audio: NegotiatedAudio)? {
        let usable = offer.media.enumerated().compactMap { index, stream in
            take(stream, of: offer, endpoint).map { (index: index, taken: $0) }
        }
        guard let (index, taken) = usable.first(where: { $0.taken.audio.crypto != nil }) ?? usable.first else {
            return nil
        }
        var streams = offer.media.map(refuse)
        streams[index] = accept(taken.audio, taken.line, endpoint)
        return (describe(endpoint, streams), taken.audio)
    }

    private static func take(
        _ stream: MediaDescription,
        of offer: SessionDescription,
        _ endpoint: AudioEndpoint
    ) -> (audio: NegotiatedAudio, line: CryptoAttribute?)? {
        guard stream.media == "audio", stream.port > 0, let profile = RTPProfile(rawValue: stream.transport),
            var audio = negotiate(offer, stream, endpoint.codecs)
        else { return nil }
        if profile == .avp { return (audio, nil) }
        // The offer's first line that we have a key for (RFC 4568 section 5.1.2).
        for theirs in stream.crypto {
            guard let own = endpoint.keys.first(where: { $0.suite == theirs.key.suite }) else { continue }
            audio.crypto = NegotiatedCrypto(local: own, remote: theirs.key)
            return (audio, CryptoAttribute(tag: theirs.tag, key: own))
        }
        return nil
    }

    private static func describe(_ endpoint: AudioEndpoint, _ media: [MediaDescription]) -> SessionDescription {
        let family = endpoint.address.contains(":") ? "IP6" : "IP4"
        return SessionDescription(
            origin: "sautikit \(endpoint.sessionID) \(endpoint.version) IN \(family) \(endpoint.address)",
            address: endpoint.address,
            media: media
        )
    }

    private static func accept(
        _ audio: NegotiatedAudio,
        _ line: CryptoAttribute?,
        _ endpoint: AudioEndpoint
    ) -> MediaDescription {
        var formats = ["\(audio.payloadType)"]
        var attributes = [SDPAttribute("rtpmap", "\(audio.payloadType) \(audio.codec.rawValue)/8000")]
        if let event = audio.telephoneEventPayloadType {
            formats.append("\(event)")
            attributes += [
                SDPAttribute("rtpmap", "\(event) telephone-event/8000"), SDPAttribute("fmtp", "\(event) 0-15"),
            ]
        }
        attributes += [SDPAttribute("ptime", "20"), SDPAttribute(audio.direction.rawValue)]
        if let line { attributes.append(SDPAttribute(SDPAttribute.crypto, line.text)) }
        return MediaDescription(
            media: "audio",
            port: endpoint.port,
            transport: (line == nil ? RTPProfile.avp : .savp).rawValue,
            formats: formats,
            attributes: attributes
        )
    }

    /// A refused stream keeps its place with port 0 (RFC 3264 section 6).
    private static func refuse(_ stream: MediaDescription) -> MediaDescription {
        MediaDescription(media: stream.media, port: 0, transport: stream.transport, formats: stream.formats)
    }

    private static func negotiate(
        _ description: SessionDescription,
        _ stream: MediaDescription,
        _ codecs: [AudioCodec]
    ) -> NegotiatedAudio? {
        guard let address = stream.address ?? description.address else { return nil }
        let types = stream.formats.compactMap { Int($0) }.filter { (0...127).contains($0) }
        let encodings = types.compactMap { type in stream.encoding(of: type).map { (type, $0) } }
        let laws = encodings.compactMap { type, encoding -> (type: Int, codec: AudioCodec)? in
            guard encoding.clockRate == 8000, let codec = AudioCodec(rawValue: encoding.name), codecs.contains(codec)
            else { return nil }
            return (type, codec)
        }
        guard let (payloadType, codec) = laws.first else { return nil }
        let event = encodings.first { $0.1.name == "TELEPHONE-EVENT" && $0.1.clockRate == 8000 }?.0
        let session = description.attributes.lazy.compactMap { Direction(rawValue: $0.name) }.first
        // The address 0.0.0.0 is the old way to put on hold (RFC 3264 section 8.4).
        let theirs = address == "0.0.0.0" ? .inactive : stream.direction ?? session ?? .sendrecv
        let packetTime = stream.packetTimeMilliseconds ?? 20
        return NegotiatedAudio(
            remoteAddress: address,
            remotePort: stream.port,
            codec: codec,
            payloadType: payloadType,
            otherLawPayloadType: laws.first { $0.codec != codec }?.type,
            telephoneEventPayloadType: event,
            comfortNoisePayloadType: stream.comfortNoise,
            packetTimeMilliseconds: (10...60).contains(packetTime) ? packetTime : 20,
            direction: theirs.answered
        )
    }
}
