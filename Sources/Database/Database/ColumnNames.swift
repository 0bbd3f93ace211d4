/// The column names of a result, shared by its rows. Results are narrow, so a scan beats a dictionary.
final class ColumnNames: Sendable {
    private let names: [String]

    init(_ names: [String]) {
        self.names = names
    }

    func index(of name: String) -> Int? {
        names.firstIndex(of: name)
    }
}
