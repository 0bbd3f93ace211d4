package import Foundation
package import Hummingbird
import NIOCore
import NIOFoundationCompat
package import Platform

/// Reads a request's JSON body.
package enum BodyReader {
    /// The most bytes of a JSON body.
    package static let limit = 64 << 10

    /// The body's bytes, and the object they are; an empty body is an empty object.
    ///
    /// - Throws: `PlatformError` `request.too_large` or `request.malformed`.
    package static func object(_ request: Request) async throws -> (bytes: Data, document: JSONValue) {
        var request = request
        let buffer: ByteBuffer
        do {
            buffer = try await request.collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw PlatformError(.requestTooLarge, "The body has at most \(limit) bytes.")
        }
        let data = Data(buffer: buffer)
        guard !data.isEmpty else { return (data, .object([])) }
        let document: JSONValue
        do {
            document = try JSONValue(parsing: data)
        } catch {
            throw PlatformError(
                .requestMalformed,
                "The body is not JSON. Send 'Content-Type: application/json' and an object."
            )
        }
        guard case .object = document else {
            throw PlatformError(.requestMalformed, "The body must be a JSON object.")
        }
        return (data, document)
    }
}
