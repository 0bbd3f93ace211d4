/// Lets other nodes of a platform reach the devices whose connections this one has, and those devices reach their calls there: the
/// part that knows the connections and can sign. Asked on the event loop.
package protocol EdgeGate: Sendable {
    /// Where other nodes reach this one.
    var place: SIPPlace { get }

    /// The connection of a name; nil when it is not here, or not any more.
    ///
    /// - Parameter isNew: whether something begins by it; what has begun goes on longer than a device may be called.
    func flow(named name: String, isNew: Bool) -> SIPFlow?

    /// A device whose connection had this name goes on by another.
    func moved(_ name: String, to flow: SIPFlow)

    /// A signature that every node makes alike and nobody else can make, hexadecimal.
    func sign(_ text: String) -> String
}
