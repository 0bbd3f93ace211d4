package import HTTPTypes
package import Hummingbird
import NIOCore
package import Platform

/// Makes responses of JSON documents.
package enum APIResponse {
    private static let contentType = HTTPField(name: .contentType, value: "application/json; charset=utf-8")
    private static let noStore = HTTPField(name: .cacheControl, value: "no-store")

    /// A document with a status; never cached unless the headers say otherwise.
    package static func json(
        _ document: JSONValue,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers.append(contentType)
        if !headers.contains(.cacheControl) { headers.append(noStore) }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes))
        )
    }
}
