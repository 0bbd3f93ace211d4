import Ledger
import Primitives

extension Call {
    /// The most that it can cost: its cap, or its longest time at its price. Nil for calls of before there were limits.
    package var mostMinor: Int64? {
        let longest = longestSeconds.map { Rating.cost(seconds: $0, ratePerMinuteMinor: ratePerMinuteMinor) }
        guard let maxCostMinor else { return longest }
        return min(longest ?? maxCostMinor, maxCostMinor)
    }

    /// When it is ended, whoever talks on.
    package var timeLimit: CallTimeLimit? {
        let paid = maxCostMinor.flatMap { Rating.seconds(for: $0, ratePerMinuteMinor: ratePerMinuteMinor) }
        if let paid, longestSeconds.map({ paid < $0 }) ?? true {
            return CallTimeLimit(length: .seconds(paid), cause: .maxCost)
        }
        return longestSeconds.map { CallTimeLimit(length: .seconds($0), cause: .maxDuration) }
    }
}
