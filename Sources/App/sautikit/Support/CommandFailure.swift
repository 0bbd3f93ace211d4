import Database
import Platform
import Server

/// What a person is told when a command cannot do its work.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// In words that say what to do.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refusal as PlatformError:
            self.init("\(refusal.message) (\(refusal.code.rawValue)\(refusal.field.map { ", \($0)" } ?? ""))")
        case let fault as SettingFault: self.init(fault.description)
        case let fault as StorageFault: self.init(fault.description)
        case let error as DatabaseError:
            self.init("The database cannot be used: \(error). 'sautikit doctor' looks for the cause.")
        default: self.init(String(describing: error))
        }
    }
}
