/// The fictitious people at the phones; a number always belongs to the same.
struct MPesaPerson: Sendable, Equatable {
    private static let firstNames = ["Amina", "Baraka", "Chebet", "Daudi", "Esther", "Farah", "Grace", "Hassan"]
    private static let lastNames = ["Mfano", "Jaribio", "Mchezo", "Kielelezo", "Sampuli"]

    let first: String
    let last: String

    init(phone: String) {
        let sum = phone.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 }
        first = Self.firstNames[sum % Self.firstNames.count]
        last = Self.lastNames[sum / 8 % Self.lastNames.count]
    }

    var name: String { "\(first) \(last)" }
}
