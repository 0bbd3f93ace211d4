import NIOCore
import NameService

/// Finds the servers of a host (RFC 3263 section 4): a literal address is used as it is, a named port means that the host itself is
/// the server, and all else is asked of SRV records first. NAPTR records are not asked: they choose among transports, and where
/// nobody named one SRV records do that too (section 4.1).
package struct SIPLocator: Sendable {
    /// Places that are tried for one request.
    package static let mostPlaces = 8

    private let names: any SIPNames

    /// Makes a locator that asks `names`.
    package init(_ names: any SIPNames) {
        self.names = names
    }

    /// Where a target is, in the order to try: never empty, and all by one transport.
    ///
    /// - Throws: `LocationFault`, and what `names` throws.
    package func places(of target: SIPTarget) async throws -> [SIPPlace] {
        var random = SystemRandomNumberGenerator()
        return try await places(of: target, using: &random)
    }

    /// The same with chances of one's own.
    ///
    /// - Throws: `LocationFault`, and what `names` throws.
    package func places(
        of target: SIPTarget,
        using random: inout some RandomNumberGenerator
    ) async throws -> [SIPPlace] {
        if let known = Self.known(target) { return known }
        if target.port == nil {
            for question in ServiceQuestion.questions(about: target) {
                let records = try await services(question, of: target.host)
                if records.isEmpty { continue }
                return try await places(of: ServiceOrder.order(records, using: &random), question, target)
            }
        }
        let transport = target.transport ?? .udp
        let addresses = try await names.addresses(of: target.host)
        guard !addresses.isEmpty else { throw LocationFault.noAddress(host: target.host) }
        return addresses.prefix(Self.mostPlaces).map {
            SIPPlace(address: $0, port: target.port ?? transport.standardPort, transport: transport)
        }
    }

    /// Where a target is when nobody need be asked: it was found before, or is an address; nil when somebody must be.
    static func known(_ target: SIPTarget) -> [SIPPlace]? {
        if !target.places.isEmpty { return target.places }
        guard (try? SocketAddress(ipAddress: target.host, port: 0)) != nil else { return nil }
        let transport = target.transport ?? .udp
        return [SIPPlace(address: target.host, port: target.port ?? transport.standardPort, transport: transport)]
    }

    /// Who cannot tell whether there are such records is treated as if there were none: calls of a host whose name server
    /// knows addresses alone must not fail.
    private func services(_ question: ServiceQuestion, of host: String) async throws -> [ServiceRecord] {
        let records: [ServiceRecord]
        do { records = try await names.services(of: question.prefix + host) } catch is NameFault { return [] }
        if records.count == 1, records[0].target.isEmpty { throw LocationFault.notOffered(host: host) }
        return records.filter { !$0.target.isEmpty && (1...65_535).contains($0.port) }
    }

    /// All addresses of each server before the next server's (section 4.2). A server without an address is passed over.
    private func places(
        of records: [ServiceRecord],
        _ question: ServiceQuestion,
        _ target: SIPTarget
    ) async throws -> [SIPPlace] {
        var places: [SIPPlace] = []
        var fault: any Error = LocationFault.noAddress(host: target.host)
        for record in records where places.count < Self.mostPlaces {
            do {
                for address in try await names.addresses(of: record.target) {
                    let place = SIPPlace(address: address, port: record.port, transport: question.transport)
                    if !places.contains(place) { places.append(place) }
                }
            } catch {
                fault = error
            }
        }
        guard !places.isEmpty else { throw fault }
        return Array(places.prefix(Self.mostPlaces))
    }
}
