/// A verb with its parameters, as either format wrote them.
struct VerbNode: Sendable {
    let verb: VoiceVerb
    /// Where it is: `actions[0].say`, `Response.Say[0]`.
    let path: String
    let fields: [VerbField]
    /// What is wrong with it besides its parameters.
    var faults: [FieldFault] = []
}
