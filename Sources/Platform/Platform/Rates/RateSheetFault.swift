/// Why a rate sheet cannot be read; nothing of it is taken then.
package enum RateSheetFault: Error, Equatable, CustomStringConvertible {
    /// More than 8 MiB.
    case tooLarge
    /// More than 100,000 rates.
    case tooMany
    /// No rate at all.
    case empty
    /// The first record does not name a column.
    case column(String)
    /// A record has no right value in a column; the first record is 1, and empty lines are none.
    case field(Int, String)
    /// A record is of Kenya.
    case home(Int)
    /// A prefix is there twice.
    case twice(String)

    /// For the operator's terminal.
    package var description: String {
        switch self {
        case .tooLarge: "A rate sheet has at most 8 MiB."
        case .tooMany: "A rate sheet has at most \(RateSheetFile.mostRates) rates."
        case .empty: "There is no rate in it. The first line is: prefix,country,destination,per_minute_kes"
        case .column(let name):
            "There is no column '\(name)'. The first line is: prefix,country,destination,per_minute_kes"
        case .field(let record, let column): "Record \(record): '\(column)' is not right."
        case .home(let record):
            "Record \(record): calls in Kenya cost what the price list says. Set it with: sautikit admin prices set"
        case .twice(let prefix): "The prefix \(prefix) is there twice."
        }
    }
}
