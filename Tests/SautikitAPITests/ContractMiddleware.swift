import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing
import WebSupport
import WebTestSupport

/// Holds every answer of every test against the contract.
struct ContractMiddleware: RouterMiddleware {
    typealias Context = APIContext

    private struct Collector: ResponseBodyWriter {
        let bytes: Locked<ByteBuffer>

        mutating func write(_ buffer: ByteBuffer) async throws {
            bytes.withLock { _ = $0.writeImmutableBuffer(buffer) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.method != .head, request.method != .options else { return response }
        let type = response.headers[.contentType]
        var body = ""
        if type?.hasPrefix("application/json") == true {
            let bytes = Locked(ByteBuffer())
            try await response.body.write(Collector(bytes: bytes))
            let collected = bytes.withLock { $0 }
            body = String(buffer: collected)
            response.body = ResponseBody(byteBuffer: collected)
        }
        let fault = try ContractChecker.shared.get().fault(
            method: request.method.rawValue,
            path: request.uri.path,
            status: response.status.code,
            type: type,
            body: body
        )
        if !fault.isEmpty { Issue.record("\(fault)") }
        return response
    }
}
