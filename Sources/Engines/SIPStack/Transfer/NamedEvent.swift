import SIPWire

/// The value of an `Event` header: a package, and what tells subscriptions of it apart (RFC 6665 section 8.2.1).
struct NamedEvent {
    let name: String
    let id: UInt32?

    init(_ text: String) {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        name = parts.first?.lowercased() ?? ""
        id = parts.dropFirst().first { $0.lowercased().hasPrefix("id=") }.flatMap { UInt32($0.dropFirst(3)) }
    }
}
