/// Where an S3-compatible store is, and how it is spoken to.
package struct S3Settings: Sendable, Equatable {
    /// The scheme, host and port: `https://s3.af-south-1.amazonaws.com`, `http://127.0.0.1:9000`.
    package var endpoint: String
    /// What signatures are for.
    package var region: String
    /// The bucket.
    package var bucket: String
    /// What all names begin with, without a slash at either end; may be empty.
    package var prefix: String
    /// Whether the bucket is part of the host's name, as AWS wants it, and not of the path.
    package var isVirtualHosted: Bool
    /// Who asks.
    package var accessKeyID: String
    /// How they show it.
    package var secretAccessKey: String
    /// Larger files are sent in parts of this size, of which one is in memory at a time: 8 MiB. The least that S3 takes is 5 MiB.
    package var partBytes = 8 << 20
    /// What a file may have at most: S3 takes 10,000 parts.
    package var maxParts = 10_000
    /// The wait before each further attempt; half of it to all of it, so that those who failed together come back apart.
    package var waits: [Duration] = [.milliseconds(200), .seconds(1), .seconds(4)]
    /// How long the store may take to answer, once it has all of a part.
    package var timeout: Duration = .seconds(120)

    /// Names what has no default.
    package init(
        endpoint: String,
        region: String,
        bucket: String,
        prefix: String = "",
        isVirtualHosted: Bool,
        accessKeyID: String,
        secretAccessKey: String
    ) {
        self.endpoint = endpoint
        self.region = region
        self.bucket = bucket
        self.prefix = prefix
        self.isVirtualHosted = isVirtualHosted
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
    }
}
