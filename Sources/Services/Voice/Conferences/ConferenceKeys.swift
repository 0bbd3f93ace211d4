import Platform

/// Keys that are collected in a conference, as a value.
struct ConferenceKeys: Sendable {
    /// The most keys of one collection.
    private static let limit = 128

    private let finishOnKey: String
    private let wanted: Int
    private var digits = ""

    /// Nil when the action collects none.
    init?(_ action: ConferenceAction) {
        guard action.collectsDigits else { return nil }
        finishOnKey = action.finishOnKey
        wanted = action.numDigits > 0 ? min(action.numDigits, Self.limit) : Self.limit
    }

    /// Takes a key; the collection, when it is complete with it.
    mutating func press(_ key: Character) -> String? {
        let isLast = finishOnKey.contains(key)
        if !isLast { digits.append(key) }
        guard isLast || digits.count >= wanted, !digits.isEmpty else { return nil }
        defer { digits = "" }
        return digits
    }
}
