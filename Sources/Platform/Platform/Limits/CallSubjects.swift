import Database
import Ledger
import Primitives

/// Whose limits hold for what is asked: the workspace's, and those of the key that asks.
struct CallSubjects {
    /// One of them.
    struct Subject {
        let id: Identifier
        /// For people.
        let name: String
        let limits: Limits
    }

    let workspace: Subject
    /// Nil for people and the server itself.
    let key: Subject?

    /// In the order in which their rows are locked.
    var all: [Subject] { [workspace] + (key.map { [$0] } ?? []) }

    init(_ workspace: Workspace, _ context: PlatformContext, in tx: SQLTransaction) throws {
        self.workspace = Subject(id: workspace.id, name: "This workspace", limits: workspace.limits(context.settings))
        if context.asker.kind == .key, let id = context.asker.id {
            key = Subject(id: id, name: "This key", limits: try KeyTable.limits(of: id, in: tx))
        } else {
            key = nil
        }
    }
}
