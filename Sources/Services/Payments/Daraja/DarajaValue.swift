import Platform

extension JSONValue {
    /// A code, whichever way Daraja types it today: `"0"`, `0` (facts M-Pesa, section 4).
    var darajaText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .double(let number) where number == number.rounded() && abs(number) < 1e15: "\(Int64(number))"
        default: nil
        }
    }

    /// An amount of shillings, as a number or as text with at most two decimals, in minor units; nil for anything else.
    var darajaMinor: Int64? {
        switch self {
        case .integer(let shillings): shillings.magnitude < 1 << 40 ? shillings * 100 : nil
        case .double(let shillings): abs(shillings) < 1e12 ? Int64((shillings * 100).rounded()) : nil
        case .string(let text): Self.minor(text)
        default: nil
        }
    }

    private static func minor(_ text: String) -> Int64? {
        let parts = text.replacing(",", with: "").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, whole.count <= 12,
            let shillings = Int64(whole), shillings >= 0
        else { return nil }
        guard parts.count == 2 else { return shillings * 100 }
        let cents = String(parts[1])
        guard (1...2).contains(cents.count), let fraction = Int64(cents), fraction >= 0, cents.allSatisfy(\.isNumber)
        else {
            return nil
        }
        return shillings * 100 + (cents.count == 1 ? 10 * fraction : fraction)
    }
}
