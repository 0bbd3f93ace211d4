import Testing

@testable import ObjectStorage

@Suite struct LocationTests {
    private func location(_ url: String) throws -> StorageLocation {
        try StorageLocation(url, accessKeyID: "id", secretAccessKey: "secret")
    }

    private func settings(_ url: String) throws -> S3Settings? {
        guard case .s3(let settings) = try location(url) else { return nil }
        return settings
    }

    @Test(arguments: [
        ("file:var", "var"), ("file:/srv/sautikit/", "/srv/sautikit"), ("file:///srv/sautikit", "/srv/sautikit"),
        ("file:/", "/"),
    ])
    func foldersAreRead(_ url: String, _ path: String) throws {
        #expect(try location(url) == .folder(path))
    }

    @Test func bucketsAreRead() throws {
        let amazon = try #require(try settings("s3://sound/of/calls/?region=af-south-1"))
        #expect(amazon.endpoint == "https://s3.af-south-1.amazonaws.com" && amazon.isVirtualHosted)
        #expect(amazon.bucket == "sound" && amazon.prefix == "of/calls" && amazon.region == "af-south-1")
        let other = try #require(try settings("s3://sound?endpoint=http://127.0.0.1:9000/&region=nbo"))
        #expect(other.endpoint == "http://127.0.0.1:9000" && !other.isVirtualHosted && other.prefix.isEmpty)
        let virtual = try settings("s3://sound?endpoint=https://s3.example.co.ke&style=virtual")
        #expect(virtual?.isVirtualHosted == true)
    }

    @Test(arguments: [
        ("", StorageURLFault.malformed), ("/srv", .malformed), ("file:", .malformed), ("https://x/y", .malformed),
        ("s3://", .malformed), ("s3://a:b@c/d", .malformed), ("s3://b?secret=x", .unknownOption("secret")),
        ("s3://b?region=a&region=b", .unknownOption("region")), ("s3://b?style=odd", .unknownOption("style")),
        ("s3://b?endpoint=ftp://x", .badEndpoint), ("s3://b?endpoint=http://x/path", .badEndpoint),
    ])
    func whatCannotBeUsedIsRefused(_ url: String, _ fault: StorageURLFault) {
        #expect(throws: fault) { try location(url) }
    }

    @Test func aBucketNeedsKeys() {
        #expect(throws: StorageURLFault.withoutKeys) {
            try StorageLocation("s3://b", accessKeyID: "id", secretAccessKey: nil)
        }
    }
}
