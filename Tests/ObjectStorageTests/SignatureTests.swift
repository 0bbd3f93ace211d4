import Platform
import Primitives
import Testing

@testable import ObjectStorage

/// AWS's published examples: the test suite of Signature Version 4, and those of the S3 API reference.
@Suite struct SignatureTests {
    private static let suiteTime = "20150830T123600Z"
    private static let suite = SignatureV4(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
        service: "service"
    )
    private static let s3 = SignatureV4(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        region: "us-east-1"
    )
    private static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    private func suite(
        _ method: String = "GET",
        path: String = "/",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [],
        body: String = ""
    ) -> String {
        let request = SignedRequest(
            method: method,
            path: path,
            query: query,
            headers: [("Host", "example.amazonaws.com")] + headers + [("X-Amz-Date", Self.suiteTime)],
            bodyHash: SignatureV4.hash(Array(body.utf8))
        )
        return String(Self.suite.authorization(for: request, at: Self.suiteTime).suffix(64))
    }

    @Test func theSuite() {
        #expect(suite() == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
        #expect(suite("POST") == "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
        let ordered = suite(query: [("Param2", "value2"), ("Param1", "value1")])
        #expect(ordered == "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")
        let unreserved = suite(path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        #expect(unreserved == "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")
        #expect(suite(path: "/ሴ") == "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")
        let trimmed = suite(headers: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")])
        #expect(trimmed == "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")
        let form = suite(
            "POST",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "Param1=value1"
        )
        #expect(form == "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")
    }

    @Test func theExamplesOfS3() {
        let time = SignatureV4.time(Timestamp(millisecondsSinceEpoch: 1_369_353_600_000))
        #expect(time == "20130524T000000Z")
        func signed(
            _ method: String = "GET",
            _ path: String,
            query: [(name: String, value: String)] = [],
            _ headers: [(name: String, value: String)] = [],
            hash: String = Self.emptyHash
        ) -> String {
            let fixed = [
                (name: "host", value: "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", hash),
                ("x-amz-date", time),
            ]
            let request = SignedRequest(
                method: method,
                path: path,
                query: query,
                headers: fixed + headers,
                bodyHash: hash
            )
            return String(Self.s3.authorization(for: request, at: time).suffix(64))
        }
        let part = signed("GET", "/test.txt", [("range", "bytes=0-9")])
        #expect(part == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
        let put = signed(
            "PUT",
            "/test$file.text",
            [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            hash: SignatureV4.hash(Array("Welcome to Amazon S3.".utf8))
        )
        #expect(put == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
        let lifecycle = signed("GET", "/", query: [("lifecycle", "")])
        #expect(lifecycle == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
        let list = signed("GET", "/", query: [("max-keys", "2"), ("prefix", "J")])
        #expect(list == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    }
}
