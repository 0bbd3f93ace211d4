/// A statement that a connection has prepared, with the columns of its results once there was one: the server refuses to run
/// it when they change.
final class PostgresStatement {
    let name: String
    private var columns: ColumnNames?

    init(name: String) {
        self.name = name
    }

    func columns(of result: PostgresResult) -> ColumnNames {
        if let columns { return columns }
        let names = ColumnNames(result.columnNames)
        columns = names
        return names
    }
}
