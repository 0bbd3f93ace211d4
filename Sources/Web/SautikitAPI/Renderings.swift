import Platform
import Primitives

extension Identifier {
    /// `call_` and 26 digits.
    var callID: String { rendered(prefix: "call") }
    /// `num_` and 26 digits.
    var numberID: String { rendered(prefix: "num") }
    /// `txn_` and 26 digits.
    var transactionID: String { rendered(prefix: "txn") }
}

extension JSONValue {
    /// A moment with milliseconds, or null.
    init(_ moment: Timestamp?) {
        self.init(moment?.rfc3339)
    }
}
