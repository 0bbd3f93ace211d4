import OutboundHTTP
package import Primitives
import Synchronization

/// A name server whose answers a test chooses, each asked-for name in turn; the last answer stays.
package final class FixedResolver: HostResolver {
    private let answers: Mutex<[String: [[IPAddress]]]>

    /// Takes for each name the lists of addresses that it resolves to, one after another.
    package init(_ answers: [String: [[String]]]) {
        self.answers = Mutex(answers.mapValues { $0.map { $0.compactMap(IPAddress.init(parsing:)) } })
    }

    /// The next answer of the name; none for a name that is not known.
    package func addresses(of host: String) async throws -> [IPAddress] {
        answers.withLock { answers in
            guard let list = answers[host], let first = list.first else { return [] }
            if list.count > 1 { answers[host] = Array(list.dropFirst()) }
            return first
        }
    }
}
