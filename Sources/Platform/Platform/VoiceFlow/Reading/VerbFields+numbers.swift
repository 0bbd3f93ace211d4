extension VerbFields {
    /// A whole number; `standard` when it is missing, or when it is 0 and `zeroIsStandard`.
    ///
    /// - Parameter unit: what is counted, for the words of a fault.
    mutating func integer(
        _ name: String,
        else standard: Int64,
        in range: ClosedRange<Int64>,
        of unit: String? = nil,
        zeroIsStandard: Bool = false
    ) -> Int64 {
        let number: Int64?
        switch value(name) {
        case nil: return standard
        case .json(.integer(let value)): number = value
        case .text(let text): number = text.utf8.count <= 20 ? Int64(text) : nil
        case .json, .actions: number = nil
        }
        if zeroIsStandard, number == 0 { return standard }
        guard let number, range.contains(number) else {
            let what = unit.map { "a whole number of \($0)" } ?? "a whole number"
            let zero = zeroIsStandard ? ", or 0 for the default" : ""
            refuse(name, "'\(name)' is \(what) from \(range.lowerBound) to \(range.upperBound)\(zero).")
            return standard
        }
        return number
    }

    /// A truth value.
    mutating func bool(_ name: String, else standard: Bool) -> Bool {
        switch value(name) {
        case nil: return standard
        case .json(.bool(let answer)): return answer
        case .text("true"): return true
        case .text("false"): return false
        case .json, .text, .actions:
            refuse(name, "'\(name)' must be true or false.")
            return standard
        }
    }

    /// How often something is heard: 0 means once (facts section 9).
    mutating func loop() -> Int { max(1, Int(integer("loop", else: 1, in: 0...100))) }
}
