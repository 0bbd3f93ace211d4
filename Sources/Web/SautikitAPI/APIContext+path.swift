import Foundation
import Hummingbird
import Platform
import Primitives
import WebSupport

extension APIContext {
    /// An id in the path.
    ///
    /// - Throws: `PlatformError` of the code when it is none: such a thing cannot be found.
    func requireID(_ code: ErrorCode, _ name: String = "id") throws(PlatformError) -> Identifier {
        guard let id = parameters.get(name).flatMap({ Identifier(parsing: $0) }) else {
            throw PlatformError(code, "There is nothing with this id.")
        }
        return id
    }

    /// The part of the path that names something, as the client means it: `%2B254…` is `+254…`.
    ///
    /// - Throws: Hummingbird's error for a route without one.
    func requireReference(_ name: String = "id") throws -> String {
        let text = try parameters.require(name)
        return text.removingPercentEncoding ?? text
    }
}
