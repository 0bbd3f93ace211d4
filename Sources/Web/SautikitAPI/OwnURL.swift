import Hummingbird

/// How this server is reached from outside, for links in mails and documents.
enum OwnURL {
    /// The configured URL, else the host that the client asked, without a slash at the end.
    static func base(_ publicURL: String?, _ request: Request) -> String {
        publicURL ?? "http://\(request.head.authority ?? "localhost")"
    }
}
