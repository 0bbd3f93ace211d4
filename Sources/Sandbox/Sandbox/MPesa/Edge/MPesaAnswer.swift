import Platform

/// An answer before it is sent.
struct MPesaAnswer: Sendable {
    var status = 200
    var body: [UInt8]
    var contentType = "application/json;charset=UTF-8"
    /// Whether the connection is closed instead.
    var isLost = false

    init(_ document: JSONValue, status: Int = 200) {
        self.status = status
        body = document.bytes
    }

    /// A refusal without words.
    init(emptyWith status: Int) {
        self.status = status
        body = []
    }

    /// A file.
    init(text: String, contentType: String) {
        body = Array(text.utf8)
        self.contentType = contentType
    }
}
