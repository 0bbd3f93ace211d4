package import Primitives

/// Whom SIP URIs may name: the operator's list, empty unless they say otherwise. It is asked when actions are checked, and again when
/// a leg is placed. Where a name leads is asked when its address is known: to what is public, and to the networks of this list.
package struct SIPAllowList: Sendable, Equatable {
    /// What may be called.
    package let entries: [SIPAllowEntry]

    /// Nobody.
    package static let none = SIPAllowList([])

    /// Makes a list.
    package init(_ entries: [SIPAllowEntry]) {
        self.entries = entries
    }

    /// The networks in it, which may be private.
    package var networks: [IPNetwork] {
        entries.compactMap { entry in if case .network(let network) = entry.hosts { network } else { nil } }
    }

    /// Whether somebody may be called.
    package func allows(_ address: SIPAddress) -> Bool { entries.contains { $0.allows(address) } }

    /// Whether the host of somebody who may be called may have us call this port of it, named by its SRV records.
    package func allows(_ address: SIPAddress, at port: Int) -> Bool {
        entries.contains { $0.allows(address) && $0.allows(address, at: port) }
    }

    /// Reads a URI that may be called.
    ///
    /// - Parameter field: what the refusal names.
    /// - Throws: `PlatformError` `request.invalid` or `calls.sip_not_allowed`.
    package func address(_ uri: String, field: String = "sip") throws(PlatformError) -> SIPAddress {
        let address: SIPAddress
        do throws(SIPAddressFault) {
            address = try SIPAddress(parsing: uri)
        } catch {
            throw PlatformError(.requestInvalid, error.message, field: field)
        }
        if allows(address) { return address }
        throw PlatformError(
            .sipNotAllowed,
            "\(address.host), port \(address.port), is not among the hosts that the operator lets SIP URIs call.",
            field: field
        )
    }

    /// What of a list of actions may not be called.
    ///
    /// - Parameter paths: where each action was written.
    package func faults(_ actions: [VoiceAction], at paths: [String]) -> [FieldFault] {
        zip(actions, paths).compactMap { action, path in
            guard case .dial(let dial) = action, case .sip(let uri) = dial.target else { return nil }
            let field = "\(path).sip"
            do throws(PlatformError) {
                _ = try address(uri, field: field)
                return nil
            } catch {
                return FieldFault(field, error.message, code: error.code)
            }
        }
    }

    /// The same of the array in the field of a request.
    package func faults(_ actions: [VoiceAction], field: String) -> [FieldFault] {
        faults(actions, at: actions.enumerated().map { "\(field)[\($0.offset)].\($0.element.verb)" })
    }
}
