/// A language that can be spoken.
package enum SpokenLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case swahili = "sw"

    /// The language of a BCP-47 tag such as `sw-KE`; nil for one that is not spoken here.
    package init?(tag: String) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        guard let language = SpokenLanguage(rawValue: primary) else { return nil }
        self = language
    }
}
