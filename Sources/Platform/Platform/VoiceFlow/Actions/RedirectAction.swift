/// Another document that takes this one's place.
package struct RedirectAction: Sendable, Equatable {
    /// Where it is; an absolute URL.
    package var url: String
    /// How it is asked for.
    package var method: CallbackMethod

    /// Makes an action.
    package init(_ url: String, method: CallbackMethod = .post) {
        self.url = url
        self.method = method
    }

    var json: JSONValue { ["url": .string(url), "method": .string(method.rawValue)] }
}
