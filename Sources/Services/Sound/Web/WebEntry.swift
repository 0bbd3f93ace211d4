/// What is known of a file of the web whose samples are kept.
struct WebEntry: Codable, Sendable {
    /// The samples' name in the cache.
    var key: String
    /// The server's name for this version, and when it was changed: asked with when it is no longer fresh.
    var etag: String?
    var lastModified: String?
    /// Until when it is played without asking: milliseconds since 1970.
    var freshUntil: Int64
}
