/// Lets other nodes of a platform reach the devices whose connections this one has, and those devices reach their calls there: the
/// part that knows the connections and can sign. Asked on the event loop.
package protocol EdgeGate: Sendable {
    /// Where other nodes reach this one, and what it sends to them from.
    var place: SIPPlace { get }

    /// The connection of a name, as its device has registered it; nil when it is not here, or its device may not be called.
    func registered(_ name: String) -> SIPFlow?

    /// The connection that calls of a name go on by; nil when none is held that can be used.
    func held(_ name: String) -> SIPFlow?

    /// Calls of a name go on by this connection, however long it stays registered.
    func hold(_ name: String, _ flow: SIPFlow)

    /// A signature that every node makes alike and nobody else can make, hexadecimal.
    func sign(_ text: String) -> String
}
