import HTTPTypes
import Hummingbird
import NIOCore

/// The sandbox M-Pesa's HTTP: every path and method ends at a desk, so that refusals have Daraja's envelope.
struct MPesaResponder: HTTPResponder {
    typealias Context = MPesaContext

    private static let longestBody = 64 << 10

    let daraja: DarajaDesk
    let control: ControlDesk

    func respond(to request: Request, context: MPesaContext) async throws -> Response {
        let read = await Self.read(request)
        let answer =
            read.path.hasPrefix(ControlDesk.prefix) ? await control.answer(read) : await daraja.answer(read)
        if answer.isLost {
            // However that ends, the connection is not there for an answer.
            _ = try? await context.channel.close()
            throw CancellationError()
        }
        var headers = HTTPFields()
        if !answer.body.isEmpty { headers[.contentType] = answer.contentType }
        return Response(
            status: HTTPResponse.Status(code: answer.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }

    private static func read(_ request: Request) async -> MPesaRequest {
        // A body that is too long, or breaks off, is as good as none.
        let body = try? await request.body.collect(upTo: longestBody)
        return MPesaRequest(
            method: request.method.rawValue,
            path: request.uri.path,
            grantType: request.uri.queryParameters["grant_type"].map { String($0) },
            authorization: request.headers[.authorization],
            contentType: request.headers[.contentType],
            body: body.map { Array($0.readableBytesView) }
        )
    }
}
