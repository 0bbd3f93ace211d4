/// A program that failed, with what it printed.
package struct CommandError: Error {
    /// The program and its arguments.
    package let command: String
    /// Its exit status.
    package let status: Int32
    /// Both its outputs.
    package let output: String

    /// Says what failed, how, and with which words.
    package init(command: String, status: Int32, output: String) {
        self.command = command
        self.status = status
        self.output = output
    }
}
