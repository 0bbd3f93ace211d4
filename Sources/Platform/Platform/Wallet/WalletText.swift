/// What an operator says of money that is given.
enum WalletText {
    /// Values that cannot be.
    static func faults(_ amountMinor: Int64?, key: String, reason: String) -> [FieldFault] {
        var faults: [FieldFault] = []
        if let amountMinor, !(1..<1 << 50).contains(amountMinor) {
            faults.append(FieldFault("amount_minor", "The amount must be above zero."))
        }
        if !(1...100).contains(key.utf8.count) || key.utf8.contains(0) {
            faults.append(FieldFault("key", "The key has 1 to 100 bytes."))
        }
        if !(1...200).contains(reason.utf8.count) || reason.utf8.contains(0) {
            faults.append(FieldFault("reason", "The reason has 1 to 200 bytes."))
        }
        return faults
    }
}
