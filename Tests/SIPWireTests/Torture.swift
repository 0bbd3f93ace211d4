import SIPWire
import TestSupport
import Testing

/// The messages of RFC 4475, by the names that it gives them.
enum Torture {
    static let names = [
        "wsinv", "intmeth", "esc01", "escnull", "esc02", "lwsdisp", "longreq", "dblreq", "semiuri", "transports",
        "mpart01", "unreason", "noreason", "badinv01", "clerr", "ncl", "scalar02", "scalarlg", "quotbal", "ltgtruri",
        "lwsruri", "lwsstart", "trws", "escruri", "baddate", "regbadct", "badaspec", "baddn", "badvers", "mismatch01",
        "mismatch02", "bigcode", "badbranch", "insuf", "unkscm", "novelsc", "unksm2", "bext01", "invut", "regaut01",
        "multi01", "mcl01", "bcast", "zeromf", "cparam01", "cparam02", "regescrt", "sdp01", "inv2543",
    ]

    static func bytes(_ name: String) throws -> [UInt8] { try Fixture.bytes("torture/\(name).dat") }

    static func message(_ name: String) throws -> SIPMessage { try SIPParser().parse(try bytes(name)) }

    static func request(_ name: String) throws -> SIPRequest {
        let message = try message(name)
        guard case .request(let request) = message else { throw NotThat(message: message) }
        return request
    }

    static func response(_ name: String) throws -> SIPResponse {
        let message = try message(name)
        guard case .response(let response) = message else { throw NotThat(message: message) }
        return response
    }

    struct NotThat: Error {
        let message: SIPMessage
    }
}
