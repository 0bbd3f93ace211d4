import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Platform

/// Sends what the bank tells, each once: Daraja does not try again (facts section 10).
actor MPesaOutbox {
    private static let longestAnswer = 64 << 10

    private let client: HTTPClient
    private let settings: SandboxMPesaSettings
    private let record: @Sendable (MPesaDelivery) -> Void
    private let jobs: AsyncStream<@Sendable () async -> Void>.Continuation
    private let runner: Task<Void, Never>
    /// What the next notice overtakes.
    private var overtaken: [MPesaNotice] = []

    init(
        _ settings: SandboxMPesaSettings,
        group: any EventLoopGroup,
        record: @escaping @Sendable (MPesaDelivery) -> Void
    ) {
        self.settings = settings
        self.record = record
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        let (stream, jobs) = AsyncStream.makeStream(of: (@Sendable () async -> Void).self)
        self.jobs = jobs
        runner = Task {
            await withDiscardingTaskGroup { group in
                for await job in stream { group.addTask { await job() } }
            }
        }
    }

    /// Does something later, unless the sandbox is shut down before.
    nonisolated func after(_ delay: Duration, _ work: @escaping @Sendable () async -> Void) {
        jobs.yield {
            do { try await Task.sleep(for: delay) } catch { return }  // Shut down.
            await work()
        }
    }

    /// Sends notices one after the other; those that are late, or to be overtaken, are left for later.
    func send(_ notices: [MPesaNotice]) async {
        for notice in notices {
            if notice.isOvertaken {
                holdBack(notice)
            } else if notice.delay > .zero {
                after(notice.delay) { await self.deliver(notice) }
            } else {
                await deliver(notice)
            }
        }
    }

    /// Asks a customer's server whether a payment is wanted.
    func ask(_ notice: MPesaNotice) async -> C2BVerdict {
        guard let (status, body) = await post(notice, limit: settings.validationLimit) else { return .unanswered }
        // What cannot be read is as good as no answer.
        return C2BVerdict(status: status, document: try? JSONValue(parsing: Data(body)))
    }

    func shutDown() async {
        jobs.finish()
        runner.cancel()
        await runner.value
        // A client that cannot be shut down has been already.
        _ = try? await client.shutdown()
    }

    private func deliver(_ notice: MPesaNotice) async {
        _ = await post(notice, limit: settings.callbackLimit)
        let waiting = overtaken
        overtaken = []
        for late in waiting { _ = await post(late, limit: settings.callbackLimit) }
    }

    private func holdBack(_ notice: MPesaNotice) {
        overtaken.append(notice)
        after(settings.overtakingLimit) { await self.release() }
    }

    private func release() async {
        let waiting = overtaken
        overtaken = []
        for notice in waiting { _ = await post(notice, limit: settings.callbackLimit) }
    }

    private func post(_ notice: MPesaNotice, limit: Duration) async -> (status: Int, body: [UInt8])? {
        var request = HTTPClientRequest(url: notice.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: notice.contentType)
        request.headers.add(name: "Businessshortcode", value: notice.shortcode)
        if let address = settings.sourceAddress { request.headers.add(name: "X-Forwarded-For", value: address) }
        request.body = .bytes(ByteBuffer(bytes: notice.body.bytes))
        var answer: (status: Int, body: [UInt8])?
        var failure: String?
        do {
            let response = try await client.execute(request, deadline: .now() + TimeAmount(limit))
            let body = try await response.body.collect(upTo: Self.longestAnswer)
            answer = (Int(response.status.code), Array(body.readableBytesView))
        } catch {
            failure = String(String(describing: error).prefix(200))
        }
        record(
            MPesaDelivery(kind: notice.kind, reference: notice.reference, status: answer?.status, failure: failure)
        )
        return answer
    }
}
