/// Why the place of files cannot be read.
package enum StorageURLFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Neither a folder nor a bucket.
    case malformed
    /// An option that there is not, or twice.
    case unknownOption(String)
    /// The endpoint is no address of a server.
    case badEndpoint
    /// A bucket without its keys.
    case withoutKeys

    /// For the operator's terminal.
    package var description: String {
        switch self {
        case .malformed: "must look like file:/var/lib/sautikit or s3://bucket/prefix?region=af-south-1"
        case .unknownOption(let name):
            "'\(name)' cannot be used; there are endpoint, region, and style (path or virtual)"
        case .badEndpoint: "the endpoint must look like https://s3.example.co.ke"
        case .withoutKeys: "a bucket needs an access key id and its secret, too"
        }
    }
}
