/// A document whose verbs are found and not yet read.
struct VerbTree: Sendable {
    /// Where the list of actions is: `actions`, `Response`.
    let path: String
    let items: [VerbItem]
    /// What is wrong outside of the verbs.
    var faults: [FieldFault] = []
}
