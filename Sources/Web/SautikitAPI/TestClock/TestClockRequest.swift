import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/test/clock/advance`: `seconds`, or the moment `to`.
enum TestClockRequest {
    static func read(_ document: JSONValue) throws(PlatformError) -> MoveTestClock.Wish {
        var reader = FieldReader(document, aliases: Aliases.fields)
        let seconds = reader.optionalInteger("seconds")
        let isMoment = reader.raw("to") != nil
        if (seconds == nil) != isMoment {
            reader.add([FieldFault("seconds", "Send either 'seconds' or 'to'.")])
            try reader.finish()
        }
        let wish: MoveTestClock.Wish
        if let seconds {
            // What is far too much is refused as such, and cannot overflow.
            wish = .by(.seconds(min(max(seconds, -1), 1 << 32)))
        } else {
            wish = .to(reader.moment("to"))
        }
        try reader.finish()
        return wish
    }
}
