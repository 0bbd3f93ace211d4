import Crypto
import Foundation
import Platform
import Primitives

/// AWS Signature Version 4: who asks for what and when, under a key that is derived for the day, the region and the service.
struct SignatureV4 {
    var accessKeyID: String
    var secretAccessKey: String
    var region: String
    var service = "s3"

    /// The time as it is signed and sent: `20130524T000000Z`.
    static func time(_ moment: Timestamp) -> String {
        moment.rfc3339Seconds.filter { $0 != "-" && $0 != ":" }
    }

    /// The value of `Authorization`.
    ///
    /// - Parameter time: the value of `X-Amz-Date`, which must be among the request's headers.
    func authorization(for request: SignedRequest, at time: String) -> String {
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = ["AWS4-HMAC-SHA256", time, scope, Self.hash(Array(request.canonicalText.utf8))].joined(
            separator: "\n"
        )
        var key = SymmetricKey(data: Data("AWS4\(secretAccessKey)".utf8))
        for part in [day, region, service, "aws4_request"] { key = SymmetricKey(data: Self.code(part, key)) }
        return "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), SignedHeaders=\(request.signedNames), "
            + "Signature=\(Self.code(text, key).hexString)"
    }

    /// SHA-256 in lower-case hexadecimal.
    static func hash(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexString }

    private static func code(_ text: String, _ key: SymmetricKey) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}
