package import Hummingbird

/// Answers a request, or throws what the envelope is made of.
package typealias APIHandler = @Sendable (Request, APIContext) async throws -> Response
