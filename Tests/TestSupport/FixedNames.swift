package import NameService
import SIPStack
import Synchronization

/// A name service whose answers a test chooses; counts what it is asked.
package final class FixedNames: SIPNames {
    private let records: [String: [ServiceRecord]]
    private let hosts: [String: [String]]
    private let broken: Set<String>
    private let questions = Mutex<[String]>([])

    /// Makes a name service.
    ///
    /// - Parameter broken: names that nobody can tell anything about.
    package init(
        services: [String: [ServiceRecord]] = [:],
        hosts: [String: [String]] = [:],
        broken: Set<String> = []
    ) {
        records = services
        self.hosts = hosts
        self.broken = broken
    }

    /// What was asked, in this order.
    package var asked: [String] { questions.withLock { $0 } }

    /// The records of a name; none for one that is not known.
    package func services(of name: String) async throws -> [ServiceRecord] {
        try ask(name)
        return records[name] ?? []
    }

    /// The addresses of a host; none for one that is not known.
    package func addresses(of host: String) async throws -> [String] {
        try ask(host)
        return hosts[host] ?? []
    }

    private func ask(_ name: String) throws {
        questions.withLock { $0.append(name) }
        if broken.contains(name) { throw NameFault.resolver("down") }
    }
}
