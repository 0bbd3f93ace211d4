import Primitives

@testable import Platform

extension Delivery {
    /// A first attempt of an event that needs no database.
    static func sample(id: Identifier, url: String) -> Delivery {
        Delivery(
            id: id,
            eventID: id,
            kind: "call.started",
            url: url,
            body: "{}",
            target: .number(id),
            secrets: ["whsec_x"],
            attempt: 1,
            clockOffset: .zero
        )
    }
}
