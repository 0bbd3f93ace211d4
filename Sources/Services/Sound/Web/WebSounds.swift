import Crypto
import Foundation
import OutboundHTTP
import Platform
import Primitives

/// Files of customers' web servers: fetched, decoded, kept, and asked for again as their server wants it.
struct WebSounds: Sendable {
    let client: GuardedClient
    let decoder: AudioDecoder
    let cache: SoundCache
    let disk: DiskCache
    let settings: SoundSettings
    let clock: any WallClock
    private let flights = SingleFlight<[Int16]>()

    init(
        client: GuardedClient,
        decoder: AudioDecoder,
        cache: SoundCache,
        disk: DiskCache,
        settings: SoundSettings,
        clock: any WallClock
    ) {
        self.client = client
        self.decoder = decoder
        self.cache = cache
        self.disk = disk
        self.settings = settings
        self.clock = clock
    }

    func samples(at url: String) async throws(SoundError) -> [Int16] {
        try await flights.value(of: url) { () async throws(SoundError) -> [Int16] in
            let known = await entry(of: url)
            var kept: [Int16]?
            if let known { kept = await cache.find(known.key) }
            guard let known, let kept else { return try await fetch(url, known: nil, kept: nil) }
            if clock.now().millisecondsSinceEpoch < known.freshUntil { return kept }
            return try await fetch(url, known: known, kept: kept)
        }
    }

    private func fetch(_ url: String, known: WebEntry?, kept: [Int16]?) async throws(SoundError) -> [Int16] {
        let answer = try await ask(url, known)
        if answer.status == 304, var known, let kept {
            known.freshUntil = freshUntil(Freshness(answer, settings: settings))
            await store(known, of: url)
            return kept
        }
        guard answer.status == 200 else { throw .status(answer.status) }
        let freshness = Freshness(answer, settings: settings)
        guard freshness.isStorable else { return try await decoder.samples(of: answer.body) }
        let digest = SHA256.hash(data: answer.body).map { String($0, radix: 16) }.joined(separator: ".")
        let key = SoundCache.key("web", digest)
        let samples = try await cache.samples(key) { () async throws(SoundError) -> [Int16] in
            try await decoder.samples(of: answer.body)
        }
        let entry = WebEntry(
            key: key,
            etag: answer.header("ETag"),
            lastModified: answer.header("Last-Modified"),
            freshUntil: freshUntil(freshness)
        )
        await store(entry, of: url)
        return samples
    }

    private func ask(_ url: String, _ known: WebEntry?) async throws(SoundError) -> GuardedAnswer {
        var headers: [(name: String, value: String)] = [("Accept", "audio/wav, audio/mpeg;q=0.9, audio/*;q=0.5")]
        if let etag = known?.etag { headers.append(("If-None-Match", etag)) }
        if let moment = known?.lastModified { headers.append(("If-Modified-Since", moment)) }
        let request = GuardedRequest(
            .get,
            url,
            headers: headers,
            timeout: settings.fetchTimeout,
            maxBodyBytes: settings.maxFileBytes
        )
        do {
            return try await client.send(request)
        } catch .bodyTooLarge(let limit) {
            throw .tooLarge(limitBytes: limit)
        } catch {
            throw .fetch(error)
        }
    }

    private func freshUntil(_ freshness: Freshness) -> Int64 {
        (clock.now() + freshness.lifetime).millisecondsSinceEpoch
    }

    // MARK: What is known

    private func name(of url: String) -> String { SoundCache.key("url", url) + ".json" }

    private func entry(of url: String) async -> WebEntry? {
        guard let bytes = await disk.read(name(of: url)) else { return nil }
        return try? JSONDecoder().decode(WebEntry.self, from: Data(bytes))
    }

    private func store(_ entry: WebEntry, of url: String) async {
        guard let data = try? JSONEncoder().encode(entry) else { return }
        await disk.write([UInt8](data), as: name(of: url))
    }
}
