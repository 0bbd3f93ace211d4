import ArgumentParser
package import Primitives

extension Identifier: ExpressibleByArgument {
    /// Reads any rendering of an id.
    package init?(argument: String) {
        self.init(parsing: argument)
    }
}
