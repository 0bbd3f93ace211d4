package import HTTPTypes
package import Hummingbird
import NIOCore
package import Platform

/// Makes responses of JSON documents.
package enum APIResponse {
    /// A document with a status; never cached unless the headers say otherwise.
    package static func json(
        _ document: JSONValue,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes))
        )
    }
}
