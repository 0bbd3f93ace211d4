extension JSONValue {
    /// An object of the members that have a value, in their order.
    package init(present members: [(String, JSONValue?)]) {
        self = .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }
}
