import Foundation
import NIOHTTP1
import Platform

/// What the store said.
struct S3Answer: Sendable {
    /// What a document that is not a file may have.
    static let documentLimit = 1 << 20

    let status: Int
    let headers: HTTPHeaders
    let document: String

    /// The text of the first element of this name; nil when there is none.
    func element(_ name: String) -> String? {
        guard let open = document.range(of: "<\(name)>"),
            let close = document[open.upperBound...].range(of: "</\(name)>")
        else { return nil }
        var text = String(document[open.upperBound..<close.lowerBound])
        for (entity, character) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }

    /// S3 completes a large file with 200 and may still say in the document that it failed.
    var isError: Bool { !(200..<300).contains(status) || document.contains("<Error>") }

    /// The file has no bytes in the range that was asked for (RFC 9110 section 15.5.17).
    var isOutOfRange: Bool { status == 416 }

    /// Another attempt may succeed.
    var isTransient: Bool {
        let codes: Set<String> = ["InternalError", "ServiceUnavailable", "SlowDown", "RequestTimeout"]
        return status >= 500 || status == 429 || status == 408 || element("Code").map(codes.contains) == true
    }

    /// What is wrong, for the operator.
    func failure(_ name: String) -> ObjectFailure {
        let code = element("Code")
        if code == "NoSuchBucket" { return .refused("there is no such bucket") }
        if status == 404 { return .missing(name) }
        let text = [code, element("Message")].compactMap { $0 }.joined(separator: ": ")
        let words = "HTTP \(status) \(text.prefix(300))"
        return isTransient ? .unavailable(words) : .refused(words)
    }
}
