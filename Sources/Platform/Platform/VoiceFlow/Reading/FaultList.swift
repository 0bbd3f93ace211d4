/// What is wrong with a document, up to a limit: nobody reads more, and a hostile document could name thousands.
struct FaultList {
    /// The most faults that are told. Default 100.
    static let longest = 100

    private var faults: [FieldFault] = []
    private var left = 0

    mutating func add(_ found: [FieldFault]) {
        let room = Self.longest - faults.count
        faults += found.prefix(room)
        left += max(0, found.count - room)
    }

    /// The refusal of the document; nil when nothing is wrong.
    var error: PlatformError? {
        let last = left == 0 ? [] : [FieldFault("", "Faults that are left out here: \(left).")]
        return PlatformError(faults + last)
    }
}
