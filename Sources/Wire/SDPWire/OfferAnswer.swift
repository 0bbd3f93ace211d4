/// Offer and answer (RFC 3264) for one audio stream of G.711 and telephone events. Pure.
package enum OfferAnswer {
    /// Our offer.
    package static func offer(_ endpoint: AudioEndpoint) -> SessionDescription {
        let event = AudioEndpoint.telephoneEventPayloadType
        let types = endpoint.codecs.map(\.payloadType)
        var attributes = endpoint.codecs.map { SDPAttribute("rtpmap", "\($0.payloadType) \($0.rawValue)/8000") }
        attributes += [
            SDPAttribute("rtpmap", "\(event) telephone-event/8000"), SDPAttribute("fmtp", "\(event) 0-15"),
            SDPAttribute("ptime", "20"), SDPAttribute("sendrecv"),
        ]
        let stream = MediaDescription(
            media: "audio",
            port: endpoint.port,
            transport: "RTP/AVP",
            formats: (types + [event]).map(String.init),
            attributes: attributes
        )
        return describe(endpoint, [stream])
    }

    /// Reads the answer to our offer; nil when it takes no codec of ours or refuses the stream.
    package static func read(answer: SessionDescription) -> NegotiatedAudio? {
        guard let index = answer.media.firstIndex(where: { $0.media == "audio" && $0.port > 0 }) else { return nil }
        return negotiate(answer, answer.media[index], AudioCodec.allCases)
    }

    /// Answers an offer: takes the first audio stream with a codec of ours, refuses all others; nil when there is none.
    package static func answer(
        _ offer: SessionDescription,
        _ endpoint: AudioEndpoint
    ) -> (answer: SessionDescription, audio: NegotiatedAudio)? {
        let usable = offer.media.indices.lazy.compactMap { index -> (Int, NegotiatedAudio)? in
            let stream = offer.media[index]
            guard stream.media == "audio", stream.port > 0, stream.transport == "RTP/AVP" else { return nil }
            return negotiate(offer, stream, endpoint.codecs).map { (index, $0) }
        }
        guard let (taken, audio) = usable.first else { return nil }
        let streams = offer.media.indices.map { index in
            index == taken ? accept(audio, endpoint) : refuse(offer.media[index])
        }
        return (describe(endpoint, streams), audio)
    }

    private static func describe(_ endpoint: AudioEndpoint, _ media: [MediaDescription]) -> SessionDescription {
        let family = endpoint.address.contains(":") ? "IP6" : "IP4"
        return SessionDescription(
            origin: "sautikit \(endpoint.sessionID) \(endpoint.version) IN \(family) \(endpoint.address)",
            address: endpoint.address,
            media: media
        )
    }

    private static func accept(_ audio: NegotiatedAudio, _ endpoint: AudioEndpoint) -> MediaDescription {
        var formats = ["\(audio.payloadType)"]
        var attributes = [SDPAttribute("rtpmap", "\(audio.payloadType) \(audio.codec.rawValue)/8000")]
        if let event = audio.telephoneEventPayloadType {
            formats.append("\(event)")
            attributes += [
                SDPAttribute("rtpmap", "\(event) telephone-event/8000"), SDPAttribute("fmtp", "\(event) 0-15"),
            ]
        }
        attributes += [SDPAttribute("ptime", "20"), SDPAttribute(audio.direction.rawValue)]
        return MediaDescription(
            media: "audio",
            port: endpoint.port,
            transport: "RTP/AVP",
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
        let audio = encodings.lazy.compactMap { type, encoding -> (Int, AudioCodec)? in
            guard encoding.clockRate == 8000, let codec = AudioCodec(rawValue: encoding.name), codecs.contains(codec)
            else { return nil }
            return (type, codec)
        }.first
        guard let (payloadType, codec) = audio else { return nil }
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
            telephoneEventPayloadType: event,
            packetTimeMilliseconds: (10...60).contains(packetTime) ? packetTime : 20,
            direction: theirs.answered
        )
    }
}
