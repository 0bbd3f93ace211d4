import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

extension SignInClient {
    /// Who sent a request.
    init(_ request: Request, _ api: APIContext) {
        self.init(address: api.clientAddress?.description ?? "unknown", userAgent: request.headers[.userAgent] ?? "")
    }
}
