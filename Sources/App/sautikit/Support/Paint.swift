import Foundation

/// Colours on a terminal, plain text elsewhere or when `NO_COLOR` is set.
enum Paint: String {
    case green = "32"
    case red = "31"
    case yellow = "33"
    case bold = "1"
    case faint = "2"

    private static let isOn = StandardOutput.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    func callAsFunction(_ text: String) -> String {
        Self.isOn ? "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" : text
    }
}
