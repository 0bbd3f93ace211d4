/// What a customer's server answered.
package struct GuardedAnswer: Sendable {
    /// The status code.
    package let status: Int
    /// All headers, in their order.
    package let headers: [(name: String, value: String)]
    /// The body, or its beginning if the request said so.
    package let body: [UInt8]
    /// Who answered: the last URL, after redirects.
    package let url: String
    /// From the beginning of the request until the body was read.
    package let duration: Duration

    /// The first header of this name, in any case of letters.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
