package import HTTPTypes

/// An error whose answer carries headers of its own: when to come back, which methods there are.
package struct ErrorWithHeaders: Error {
    /// What went wrong; never an `ErrorWithHeaders` itself.
    package let cause: any Error
    /// What the answer carries besides the envelope's own headers.
    package let headers: HTTPFields

    /// Adds headers to an error, and to those that it has already.
    package init(_ cause: any Error, headers: HTTPFields) {
        guard let inner = cause as? ErrorWithHeaders else {
            (self.cause, self.headers) = (cause, headers)
            return
        }
        var merged = inner.headers
        for field in headers where merged[field.name] == nil { merged[field.name] = field.value }
        (self.cause, self.headers) = (inner.cause, merged)
    }
}
