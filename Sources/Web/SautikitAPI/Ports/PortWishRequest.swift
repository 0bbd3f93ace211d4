import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/port-requests`.
enum PortWishRequest {
    static func read(_ document: JSONValue) throws(PlatformError) -> CreatePortRequest.Wish {
        var reader = FieldReader(document, aliases: Aliases.fields)
        let directionName = reader.optionalString("direction") ?? PortDirection.in.rawValue
        let direction = PortDirection(rawValue: directionName)
        if direction == nil { reader.add([FieldFault("direction", "'direction' is in or out.")]) }
        if reader.raw("numbers") == nil { reader.add([FieldFault("numbers", "'numbers' is required.")]) }
        let numbers = reader.optionalStrings("numbers") ?? []
        for (index, number) in numbers.enumerated() { reader.requirePhoneNumber(number, "numbers[\(index)]") }
        let wish = CreatePortRequest.Wish(
            direction: direction ?? .in,
            numbers: numbers,
            carrier: reader.string("carrier"),
            accountHolder: reader.string("account_holder"),
            accountNumber: reader.optionalString("account_number")
        )
        try reader.finish()
        return wish
    }
}
