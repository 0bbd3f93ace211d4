import AsyncHTTPClient

/// The one HTTP client of the quickstart; a redirect is something to look at, not to follow.
enum QuickstartHTTP {
    static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
    )
}
