package import HTTPTypes
package import Hummingbird
import NIOCore

/// A small page of our own: no script, nothing loaded from elsewhere, readable on a phone.
package enum HTMLPage {
    private static let headers: HTTPFields = [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ]

    /// A page.
    ///
    /// - Parameters:
    ///   - title: plain text.
    ///   - body: HTML; everything that came from outside must be `escaped`.
    package static func response(_ title: String, body: String, status: HTTPResponse.Status = .ok) -> Response {
        let page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(escaped(title))</title><style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1c2530}
            article{border:1px solid #d8dee6;border-radius:.5rem;padding:1rem;margin:1rem 0}
            h2{font-size:1.1rem;margin:0}small{color:#5b6877}
            pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
            button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;background:#0b6b4f;color:#fff}
            </style></head><body><h1>\(escaped(title))</h1>
            \(body)
            </body></html>
            """
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: page))
        )
    }

    /// Text that means nothing to a browser but itself, between tags and in quotes.
    package static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
