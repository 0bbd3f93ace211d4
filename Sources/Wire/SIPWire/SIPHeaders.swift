/// The header fields of a message, in their order.
package struct SIPHeaders: Sendable, Equatable {
    /// All fields.
    package private(set) var fields: [SIPHeaderField]

    /// Makes headers of fields.
    package init(_ fields: [SIPHeaderField] = []) {
        self.fields = fields
    }

    /// The first value of a name.
    package subscript(name: SIPHeaderName) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The values of every field of a name, as they stand, lists not split.
    package func all(_ name: SIPHeaderName) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The elements of every field of a name, comma-separated lists split (RFC 3261 section 7.3.1).
    package func list(_ name: SIPHeaderName) -> [String] {
        all(name).flatMap(SIPText.commaSeparated)
    }

    /// Appends a field.
    package mutating func add(_ name: SIPHeaderName, _ value: String) {
        fields.append(SIPHeaderField(name, value))
    }

    /// Puts a field before all others.
    package mutating func prepend(_ name: SIPHeaderName, _ value: String) {
        fields.insert(SIPHeaderField(name, value), at: 0)
    }

    /// Puts a field at a place.
    mutating func insert(_ field: SIPHeaderField, at index: Int) {
        fields.insert(field, at: index)
    }

    /// These headers with no more than the first field of each of some names.
    func keepingFirst(of names: [SIPHeaderName]) -> SIPHeaders {
        var seen: Set<SIPHeaderName> = []
        return SIPHeaders(fields.filter { !names.contains($0.name) || seen.insert($0.name).inserted })
    }

    /// Replaces the fields of a name by one, in the place of the first; nil removes them.
    package mutating func set(_ name: SIPHeaderName, _ value: String?) {
        let place = fields.firstIndex { $0.name == name }
        fields.removeAll { $0.name == name }
        guard let value else { return }
        fields.insert(SIPHeaderField(name, value), at: min(place ?? fields.count, fields.count))
    }
}
