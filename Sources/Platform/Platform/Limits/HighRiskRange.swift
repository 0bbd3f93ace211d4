/// A range of numbers that artificial traffic prefers: the operator and the workspace must both allow it before it is called.
///
/// The list is short on purpose. It has what has no country (satellites, networks of the ITU's own), islands and small networks
/// that turn up in every report of revenue-share fraud, and the area codes of the Caribbean that look like ordinary numbers of
/// North America. Neighbours of Kenya are not in it, although some are in such reports: people here call home.
package struct HighRiskRange: Sendable {
    /// How its numbers begin.
    package let prefix: String
    /// Whose it is.
    package let name: String

    /// The range of a prefix; nil for a prefix that is none of the list.
    package static func named(_ prefix: String) -> HighRiskRange? { all.first { $0.prefix == prefix } }

    /// The range that a number is in.
    package static func of(_ e164: String) -> HighRiskRange? { all.first { e164.hasPrefix($0.prefix) } }

    /// All of them; none begins as another does.
    package static let all: [HighRiskRange] =
        [
            ("+870", "Inmarsat"), ("+881", "satellites"), ("+882", "international networks"),
            ("+883", "international networks"), ("+878", "personal numbers"), ("+888", "unassigned"),
            ("+979", "international premium rate"), ("+991", "trials of the ITU"),
            ("+220", "Gambia"), ("+224", "Guinea"), ("+231", "Liberia"), ("+232", "Sierra Leone"),
            ("+222", "Mauritania"), ("+235", "Chad"), ("+239", "Sao Tome and Principe"), ("+245", "Guinea-Bissau"),
            ("+246", "Diego Garcia"), ("+247", "Ascension"), ("+269", "Comoros"), ("+290", "Saint Helena"),
            ("+500", "Falkland Islands"), ("+53", "Cuba"), ("+670", "Timor-Leste"),
            ("+672", "Antarctica and Norfolk Island"),
            ("+674", "Nauru"), ("+675", "Papua New Guinea"), ("+677", "Solomon Islands"), ("+678", "Vanuatu"),
            ("+681", "Wallis and Futuna"), ("+682", "Cook Islands"), ("+683", "Niue"), ("+685", "Samoa"),
            ("+686", "Kiribati"), ("+688", "Tuvalu"), ("+690", "Tokelau"), ("+692", "Marshall Islands"),
            ("+850", "North Korea"), ("+960", "Maldives"),
            ("+1264", "Anguilla"), ("+1268", "Antigua and Barbuda"), ("+1284", "British Virgin Islands"),
            ("+1473", "Grenada"), ("+1649", "Turks and Caicos Islands"), ("+1664", "Montserrat"),
            ("+1721", "Sint Maarten"), ("+1758", "Saint Lucia"), ("+1767", "Dominica"),
            ("+1784", "Saint Vincent and the Grenadines"), ("+1809", "Dominican Republic"),
            ("+1829", "Dominican Republic"), ("+1849", "Dominican Republic"), ("+1869", "Saint Kitts and Nevis"),
            ("+1876", "Jamaica"), ("+1658", "Jamaica"),
        ].map { HighRiskRange(prefix: $0.0, name: $0.1) }
}
