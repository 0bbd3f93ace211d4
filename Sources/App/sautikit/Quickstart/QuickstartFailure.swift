/// A step that did not bring what it should.
struct QuickstartFailure: Error {
    let expected: String
    let found: String
    let advice: String
}
