import Foundation
import OutboundHTTP
import Platform
import Primitives

@testable import Voice

/// What tests of streams stream.
enum StreamExamples {
    static let identity = StreamIdentity(
        callID: identifier(1),
        sessionID: "HD_1",
        streamID: identifier(2),
        workspaceID: identifier(3),
        from: "+254700000001",
        to: "+254711000001",
        direction: "inbound"
    )

    private static func identifier(_ number: Int) -> Identifier {
        guard let identifier = Identifier(parsing: "01900000-0000-7000-8000-00000000000\(number)") else {
            preconditionFailure("a UUID is an identifier")
        }
        return identifier
    }

    static let streamSid = "MZ01900000000070008000000000000002"
    static let accountSid = "01900000-0000-7000-8000-000000000003"

    static func action(
        _ dialect: StreamAction.Dialect,
        url: String = "wss://ai.example.co.ke/",
        _ adjust: (inout StreamAction) -> Void = { _ in }
    ) -> StreamAction {
        var action = StreamAction(url, dialect: dialect, connects: true)
        adjust(&action)
        return action
    }

    static func format(
        _ dialect: StreamAction.Dialect,
        _ adjust: (inout StreamAction) -> Void = { _ in }
    ) -> StreamFormat {
        StreamFormat(action(dialect, adjust))
    }

    /// A message as JSON; `null` when it is none.
    static func json(_ message: OutgoingSocketMessage?) throws -> JSONValue {
        guard let message, message.kind == .text else { return .null }
        return try JSONValue(parsing: Data(message.bytes))
    }

    /// A sine of 20 ms and more.
    static func tone(_ frequency: Double, rate: Int, count: Int, from start: Int = 0) -> [Int16] {
        (start..<start + count).map { index in
            Int16(10_000 * sin(2 * .pi * frequency * Double(index) / Double(rate)))
        }
    }
}
