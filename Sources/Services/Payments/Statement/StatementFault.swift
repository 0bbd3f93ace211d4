/// Why a statement cannot be read; nothing of it is taken then.
package enum StatementFault: Error, Equatable, CustomStringConvertible {
    /// It does not begin with names of columns, or one that is needed is not among them.
    case column(String)
    /// A line has no readable value in a column; the first line is 1.
    case line(Int, column: String)

    /// For the operator's terminal.
    package var description: String {
        switch self {
        case .column(let name): "There is no column '\(name)'. Export the statement from the M-Pesa portal as CSV."
        case .line(let line, let column): "Line \(line): '\(column)' cannot be read."
        }
    }
}
