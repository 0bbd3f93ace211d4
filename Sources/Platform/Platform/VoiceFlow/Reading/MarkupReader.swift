import Foundation
import FoundationXML

/// Reads XML into elements. The library under it goes on after faults and reports success for half a document, so what counts
/// is that nothing was reported and that the first element has ended. It is never told to stop: that frees the input under
/// the function that reported the fault, which may read on.
final class MarkupReader: XMLParserDelegate {
    /// The deepest element. Default 16.
    static let deepest = 16

    private var open: [MarkupElement] = []
    private var root: MarkupElement?
    private var fault: PlatformError?

    private init() {}

    /// The document's element.
    ///
    /// - Throws: `PlatformError` `request.malformed` for what is not well-formed, is deeper than allowed, has a document type,
    ///   or says that it is in another encoding than UTF-8.
    static func read(_ text: String) throws(PlatformError) -> MarkupElement {
        let bytes = try MarkupProlog.checked(Array(text.utf8))
        let reader = MarkupReader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        let isRead = parser.parse()
        if let fault = reader.fault { throw fault }
        guard isRead, parser.parserError == nil, let root = reader.root else {
            throw VoiceDocument.refusal(.requestMalformed, "The document is not well-formed XML: it does not end.")
        }
        return root
    }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName qName: String?,
        attributes attributeDict: [String: String]
    ) {
        guard fault == nil else { return }
        guard open.count < Self.deepest else {
            return refuse("The document has elements more than \(Self.deepest) deep.")
        }
        open.append(MarkupElement(elementName, attributes: attributeDict))
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName qName: String?
    ) {
        guard var element = open.popLast() else { return }
        element.text = element.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let last = open.indices.last { open[last].children.append(element) } else { root = element }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard let last = open.indices.last else { return }
        open[last].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        guard let last = open.indices.last else { return }
        open[last].text += String(decoding: block, as: UTF8.self)
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        refuse("The document is not well-formed XML, at line \(parser.lineNumber), column \(parser.columnNumber).")
    }

    /// The first fault counts; what the library says after it follows from it.
    private func refuse(_ message: String) {
        if fault == nil { fault = VoiceDocument.refusal(.requestMalformed, message) }
    }
}
