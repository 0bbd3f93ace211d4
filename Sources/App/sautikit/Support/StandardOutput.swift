@unsafe @preconcurrency import Glibc

/// What a person or a program reads.
enum StandardOutput {
    static func bufferByLine() {
        unsafe setvbuf(stdout, nil, _IOLBF, 0)
    }

    /// Colours and other signs for people only make sense on a terminal.
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    static func line(_ text: String = "") {
        print(text)
    }

    static func errorLine(_ text: String) {
        unsafe fputs(text + "\n", stderr)
    }
}
