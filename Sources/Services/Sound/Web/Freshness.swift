import Foundation
import OutboundHTTP

/// For how long a server allows its file to be played again without asking (RFC 9111 sections 4.2 and 5.2.2).
struct Freshness: Equatable {
    /// Whether it may be kept at all.
    let isStorable: Bool
    /// How long it is fresh.
    let lifetime: Duration

    /// Reads `Cache-Control` and `Age`.
    init(_ answer: GuardedAnswer, settings: SoundSettings) {
        let header = answer.header("Cache-Control") ?? ""
        let directives = header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        isStorable = !directives.contains("no-store")
        guard isStorable, !directives.contains("no-cache") else {
            lifetime = .zero
            return
        }
        let ages = ["s-maxage=", "max-age="].compactMap { name in
            directives.first { $0.hasPrefix(name) }.flatMap { Int64($0.dropFirst(name.count).filter { $0 != "\"" }) }
        }
        guard let seconds = ages.first else {
            lifetime = settings.standardFreshness
            return
        }
        let age = answer.header("Age").flatMap { Int64($0) } ?? 0
        let (left, _) = seconds.subtractingReportingOverflow(max(0, age))
        lifetime = max(.zero, min(settings.longestFreshness, .seconds(min(left, 1_000_000_000))))
    }
}
