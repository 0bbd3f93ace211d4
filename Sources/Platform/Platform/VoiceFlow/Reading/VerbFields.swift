/// The parameters of one verb: gives them by name, and gathers all that is wrong with them. What is wrong or missing is
/// given as something harmless; the action that is made of it is dropped with the faults.
struct VerbFields {
    let verb: VoiceVerb
    let reader: VerbReader
    private let path: String
    private let fields: [VerbField]
    private var known: [String] = []
    private var faults: [FieldFault]

    init(_ node: VerbNode, reader: VerbReader) {
        verb = node.verb
        path = node.path
        fields = node.fields
        faults = node.faults
        self.reader = reader
    }

    /// Whether a parameter is there, whatever it is.
    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// A parameter; nil when it is missing. From now on it is known.
    mutating func value(_ name: String) -> VerbField.Value? {
        known.append(name)
        return fields.first { $0.name == name }?.value
    }

    /// Where a parameter is, or would be.
    func path(of name: String) -> String {
        fields.first { $0.name == name }?.path ?? "\(path).\(name)"
    }

    /// Notes what is wrong with a parameter.
    mutating func refuse(_ name: String, _ message: String, code: ErrorCode = .requestInvalid) {
        faults.append(FieldFault(path(of: name), message, code: code))
    }

    /// Notes what is wrong with the verb as a whole.
    mutating func refuse(_ message: String) {
        faults.append(FieldFault(path, message))
    }

    /// Notes what deeper readers found.
    mutating func add(_ found: [FieldFault]) {
        faults += found
    }

    /// Everything that is wrong, with the parameters that nobody has asked for.
    func finish() -> [FieldFault] {
        var faults = faults
        var seen: Set<String> = []
        for field in fields {
            let name = WrittenName.cut(field.name)
            if !known.contains(field.name) {
                let hint = WrittenName.suggestion(for: field.name, among: known)
                faults.append(FieldFault(field.path, "'\(name)' is not known here.\(hint)"))
            } else if !seen.insert(field.name).inserted {
                faults.append(FieldFault(field.path, "'\(name)' is given more than once."))
            }
        }
        return faults
    }
}
