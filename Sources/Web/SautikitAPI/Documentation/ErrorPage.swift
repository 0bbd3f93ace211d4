import HTTPTypes
import Platform
import WebSupport

/// The table of errors for people: the `doc_url` of every answer leads to its row.
enum ErrorPage {
    static let body: String = ErrorTable.areas.map(section).joined(separator: "\n")

    private static func section(_ area: ErrorTable.Area) -> String {
        let entries = area.entries.map { entry in
            let code = HTMLPage.escaped(entry.code.rawValue)
            return """
                <article id="\(code)"><h2><code>\(code)</code> <small>\(ErrorTranslation.status(entry.code).code)</small></h2>
                <p>\(HTMLPage.escaped(entry.cause))<br><b>What to do:</b> \(HTMLPage.escaped(entry.remedy))</p></article>
                """
        }
        return "<h2>\(HTMLPage.escaped(area.title))</h2>\n" + entries.joined(separator: "\n")
    }
}
