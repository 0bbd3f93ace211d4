import Platform
import Primitives

/// Usage as this dialect shows it.
enum UsageResponses {
    static func usage(
        _ slots: [UsageSlot],
        from: Timestamp,
        to: Timestamp,
        _ bucket: SumUsage.Bucket
    ) -> JSONValue {
        [
            "from": JSONValue(from), "to": JSONValue(to), "bucket": .string(bucket.rawValue), "currency": "KES",
            "total": .object(sums(UsageSlot.total(of: slots, from: from))),
            "data": .array(slots.map { .object([JSONMember("start", JSONValue($0.start))] + sums($0)) }),
        ]
    }

    private static func sums(_ slot: UsageSlot) -> [JSONMember] {
        [
            JSONMember("calls", .integer(slot.calls)), JSONMember("call_seconds", .integer(slot.callSeconds)),
            JSONMember("calls_minor", .integer(slot.callsMinor)),
            JSONMember("rental_minor", .integer(slot.rentalMinor)),
            JSONMember("storage_minor", .integer(slot.storageMinor)),
            JSONMember("spent_minor", .integer(slot.spentMinor)),
            JSONMember("credited_minor", .integer(slot.creditedMinor)),
        ]
    }
}
