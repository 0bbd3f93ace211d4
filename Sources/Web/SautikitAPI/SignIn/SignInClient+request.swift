import HTTPTypes
import Hummingbird
import Platform
import WebSupport

extension SignInClient {
    /// Who sent a request.
    init(_ request: Request, _ api: APIContext) {
        self.init(address: api.remoteAddress?.ipAddress ?? "unknown", userAgent: request.headers[.userAgent] ?? "")
    }
}
