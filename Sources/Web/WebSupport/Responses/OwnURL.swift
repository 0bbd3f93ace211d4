package import Hummingbird

/// How this server is reached from outside, for links in mails and documents.
package enum OwnURL {
    /// The configured URL, else the host that the client asked, without a slash at the end.
    package static func base(_ publicURL: String?, _ request: Request) -> String {
        publicURL ?? "http://\(request.head.authority ?? "localhost")"
    }
}
