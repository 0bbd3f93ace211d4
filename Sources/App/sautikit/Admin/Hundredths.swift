import ArgumentParser
import Ledger

/// Shillings or percent as they are typed: `120` or `2.50`.
struct Hundredths: ExpressibleByArgument {
    /// Cents, or hundredths of a percent.
    let value: Int64

    init?(argument: String) {
        guard let value = DecimalText.minor(argument) else { return nil }
        self.value = value
    }
}
