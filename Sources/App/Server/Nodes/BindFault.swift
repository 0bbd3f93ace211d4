import Glibc
import MediaEngine
import NIOCore

/// An address that cannot be listened on.
package struct BindFault: Error, CustomStringConvertible {
    /// What would have listened.
    package let subject: String
    /// Where.
    package let address: HostPort
    /// The system's words.
    package let cause: String

    init(subject: String, address: HostPort, _ error: any Error) {
        self.subject = subject
        self.address = address
        switch error {
        case let error as IOError: cause = unsafe String(cString: strerror(error.errnoCode))
        case MediaError.system(let number): cause = unsafe String(cString: strerror(number))
        default: cause = String(describing: error)
        }
    }

    /// For the operator's terminal.
    package var description: String {
        "\(subject) cannot listen on \(address): \(cause). 'sautikit doctor' tells what is free."
    }
}
