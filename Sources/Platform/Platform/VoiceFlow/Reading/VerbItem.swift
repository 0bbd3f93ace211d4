/// An entry in a list of actions.
enum VerbItem: Sendable {
    case verb(VerbNode)
    /// What stands there is no verb.
    case faulty([FieldFault])

    /// The verb; what is wrong goes into `faults`.
    func node(_ faults: inout FaultList) -> VerbNode? {
        switch self {
        case .verb(let node): return node
        case .faulty(let found):
            faults.add(found)
            return nil
        }
    }

    /// How many there are, those inside of others counted.
    static func count(_ items: [VerbItem]) -> Int {
        items.reduce(0) { sum, item in
            guard case .verb(let node) = item else { return sum + 1 }
            return node.fields.reduce(sum + 1) { sum, field in
                guard case .actions(let inner) = field.value else { return sum }
                return sum + count(inner)
            }
        }
    }
}
