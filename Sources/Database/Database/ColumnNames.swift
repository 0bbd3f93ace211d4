/// The column names of a result, shared by its rows.
final class ColumnNames: Sendable {
    /// How many columns there are, those of one name counted each.
    let count: Int
    private let places: [String: Int]

    init(_ names: [String]) {
        count = names.count
        places = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    func index(of name: String) -> Int? {
        places[name]
    }
}
