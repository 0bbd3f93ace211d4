/// Why a request is refused, and with which status.
package struct SIPRefusal: Sendable, Equatable {
    /// 400 to 699.
    package let status: Int
    /// What is wrong, for people; part of the reason phrase.
    package let problem: String
    /// What tells the peer how to do better, such as `Unsupported` or `Accept`.
    package let field: SIPHeaderField?

    /// Makes a refusal.
    package init(_ status: Int, _ problem: String, _ field: SIPHeaderField? = nil) {
        self.status = status
        self.problem = problem
        self.field = field
    }
}
