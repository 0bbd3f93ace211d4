/// Where a service of a name is (an SRV record, RFC 2782).
package struct ServiceRecord: Sendable, Hashable {
    /// Those of the lowest number are tried first.
    package let priority: Int
    /// Among those of one priority, the share of requests that go here.
    package let weight: Int
    /// Its port.
    package let port: Int
    /// Its host's name; empty when the service is decidedly not offered.
    package let target: String

    /// Makes a record.
    package init(priority: Int, weight: Int, port: Int, target: String) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.target = target
    }
}
