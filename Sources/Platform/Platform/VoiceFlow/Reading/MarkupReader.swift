import CLibXML2
import Foundation

/// Reads XML into elements, by libxml2: without entities of its own, without files or the network, and not beyond the first
/// fault.
enum MarkupReader {
    /// The deepest element. Default 16.
    static let deepest = 16

    private static let options = CInt(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    )
    /// libxml2 is made ready once, before threads use it.
    private static let isReady: Void = xmlInitParser()

    /// The document's element.
    ///
    /// - Throws: `PlatformError` `request.malformed` for what is not well-formed, is deeper than allowed, has a document type,
    ///   or says that it is in another encoding than UTF-8.
    static func read(_ text: String) throws(PlatformError) -> MarkupElement {
        let bytes = try MarkupProlog.checked(Array(text.utf8))
        _ = isReady
        let context = unsafe xmlNewParserCtxt()
        defer { unsafe xmlFreeParserCtxt(context) }
        let document = unsafe bytes.withUnsafeBytes { bytes in
            unsafe xmlCtxtReadMemory(
                context,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                CInt(bytes.count),
                nil,
                "UTF-8",
                options
            )
        }
        guard let document = unsafe document else { throw unsafe fault(of: context) }
        defer { unsafe xmlFreeDoc(document) }
        guard let root = unsafe xmlDocGetRootElement(document) else { throw unsafe fault(of: context) }
        return unsafe try element(root, depth: 1)
    }

    private static func element(_ node: xmlNodePtr, depth: Int) throws(PlatformError) -> MarkupElement {
        guard depth <= deepest else {
            throw VoiceDocument.refusal(.requestMalformed, "The document has elements more than \(deepest) deep.")
        }
        var element = unsafe MarkupElement(name(of: node), attributes: attributes(of: node))
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            switch unsafe child.pointee.type {
            case XML_ELEMENT_NODE: element.children.append(unsafe try Self.element(child, depth: depth + 1))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: element.text += unsafe string(child.pointee.content)
            default: break
            }
            unsafe next = unsafe child.pointee.next
        }
        element.text = element.text.trimmingCharacters(in: .whitespacesAndNewlines)
        return element
    }

    /// The name as it was written, with its prefix.
    private static func name(of node: xmlNodePtr) -> String {
        let name = unsafe string(node.pointee.name)
        guard let namespace = unsafe node.pointee.ns, let prefix = unsafe namespace.pointee.prefix else { return name }
        return unsafe "\(string(prefix)):\(name)"
    }

    /// Those without a prefix.
    private static func attributes(of node: xmlNodePtr) -> [String: String] {
        var attributes: [String: String] = [:]
        var next = unsafe node.pointee.properties
        while let attribute = unsafe next {
            if unsafe attribute.pointee.ns == nil {
                var value = ""
                var part = unsafe attribute.pointee.children
                while let text = unsafe part {
                    value += unsafe string(text.pointee.content)
                    unsafe part = unsafe text.pointee.next
                }
                attributes[unsafe string(attribute.pointee.name)] = value
            }
            unsafe next = unsafe attribute.pointee.next
        }
        return attributes
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
        unsafe text.map { unsafe String(cString: $0) } ?? ""
    }

    private static func fault(of context: xmlParserCtxtPtr?) -> PlatformError {
        guard let error = unsafe xmlCtxtGetLastError(context) else {
            return VoiceDocument.refusal(.requestMalformed, "The document is not well-formed XML: it does not end.")
        }
        let (line, column) = unsafe (error.pointee.line, error.pointee.int2)
        return VoiceDocument.refusal(
            .requestMalformed,
            "The document is not well-formed XML, at line \(line), column \(column)."
        )
    }
}
