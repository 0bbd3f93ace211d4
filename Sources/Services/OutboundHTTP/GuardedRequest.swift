/// A request to a customer's server, with its limits.
package struct GuardedRequest: Sendable {
    /// How it is asked.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// How it is asked.
    package var method: Method
    /// An absolute http or https URL, as the customer wrote it.
    package var url: String
    /// Headers, in their order.
    package var headers: [(name: String, value: String)]
    /// What is posted; empty for none.
    package var body: [UInt8]
    /// How long all of it may take: names, redirects and the body too. Default 10 s.
    package var timeout: Duration
    /// The most bytes of the answer's body. Default 1 MiB.
    package var maxBodyBytes: Int
    /// Whether a body that is larger, or breaks off, is kept as far as it came instead of failing the request. Default false.
    package var cutsBody = false
    /// Redirects that are followed. Default 3. 307 and 308 repeat the request; 301, 302 and 303 are followed by GET alone,
    /// and are the answer of a POST, because a server that loses what it was sent should be told so.
    package var maxRedirects: Int
    /// Which attempt it is, from 1: of several addresses another one is called each time.
    package var attempt = 1

    /// Makes a request.
    package init(
        _ method: Method,
        _ url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(10),
        maxBodyBytes: Int = 1_048_576,
        maxRedirects: Int = 3
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxBodyBytes = maxBodyBytes
        self.maxRedirects = maxRedirects
    }

    /// Where an answer sends this request (RFC 9110 section 15.4); nil when it is the answer.
    func redirect(by answer: GuardedAnswer) -> String? {
        switch (answer.status, method) {
        case (307, _), (308, _), (301, .get), (302, .get), (303, .get): answer.header("Location")
        default: nil
        }
    }
}
