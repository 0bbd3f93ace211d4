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
        let data = try await bytes(of: request)
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

    /// The fields of a form (`application/x-www-form-urlencoded`); the last of a name counts.
    ///
    /// - Throws: `PlatformError` `request.too_large`.
    package static func form(_ request: Request) async throws -> [String: String] {
        let text = String(decoding: try await bytes(of: request), as: UTF8.self).replacing("+", with: " ")
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = sides[0].removingPercentEncoding else { continue }
            fields[name] = sides.count > 1 ? sides[1].removingPercentEncoding : ""
        }
        return fields
    }

    /// The body as it is.
    ///
    /// - Parameter limit: the most bytes of it.
    /// - Throws: `PlatformError` `request.too_large`.
    package static func bytes(of request: Request, upTo limit: Int = limit) async throws -> Data {
        var request = request
        do {
            return Data(buffer: try await request.collectBody(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw PlatformError(.requestTooLarge, "The body has at most \(limit) bytes.")
        }
    }
}
