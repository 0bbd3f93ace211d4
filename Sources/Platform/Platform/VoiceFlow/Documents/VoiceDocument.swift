/// What a customer's server says that a call shall do: actions, read from JSON or XML (facts section 8.3).
package struct VoiceDocument: Sendable, Equatable {
    /// The longest document, in bytes: 256 KiB.
    package static let longestBytes = 256 << 10

    /// What to do, from top to bottom; every URL is absolute.
    package let actions: [VoiceAction]
    /// Where each action was written, as a path: `actions[0].say`, `Response.Say[0]`.
    package let paths: [String]
    /// What is allowed and probably not meant.
    package let warnings: [VoiceWarning]

    /// Reads what a server answered.
    ///
    /// - Parameters:
    ///   - bytes: the body.
    ///   - contentType: its `Content-Type`; nil when there was none.
    ///   - base: the document's own URL, which relative ones are resolved against; nil when it has none.
    /// - Returns: nil when the body is no document, such as nothing or `OK`.
    /// - Throws: `PlatformError` with every fault and its path, up to a hundred.
    package static func read(
        bytes: [UInt8],
        contentType: String?,
        base: String?
    ) throws(PlatformError) -> VoiceDocument? {
        guard bytes.count <= longestBytes else {
            throw Self.refusal(.requestTooLarge, "A document has at most \(longestBytes) bytes.")
        }
        guard let format = VoiceDocumentFormat(contentType: contentType, bytes: bytes) else { return nil }
        let written = bytes.drop(while: VoiceDocumentFormat.blanks.contains)
        guard let text = String(validating: written, as: UTF8.self), !written.contains(0) else {
            throw Self.refusal(.requestMalformed, "A document is text in UTF-8.")
        }
        switch format {
        case .json: return try VoiceDocument(JSONVerbs.read(text), base: base)
        case .xml: return try VoiceDocument(XMLVerbs.read(text), base: base)
        }
    }

    /// Refuses what cannot be a document's own URL.
    ///
    /// - Throws: `PlatformError` `request.invalid`, naming `field`.
    package static func requireBase(_ url: String, field: String) throws(PlatformError) {
        if let error = PlatformError(WebURL.faults(url, field: field)) { throw error }
    }

    /// Reads the verbs of a document.
    init(_ tree: VerbTree, base: String?) throws(PlatformError) {
        var faults = FaultList()
        faults.add(tree.faults)
        if VerbItem.count(tree.items) > VoiceActionParser.longest {
            faults.add([
                FieldFault(
                    tree.path,
                    "A document has at most \(VoiceActionParser.longest) actions, those inside of others counted."
                )
            ])
        }
        let reader = VerbReader(urls: VoiceURLs(base: base))
        var actions: [VoiceAction] = []
        var paths: [String] = []
        for (index, item) in tree.items.prefix(VoiceActionParser.longest).enumerated() {
            guard let node = item.node(&faults) else { continue }
            if node.verb == .reject, index > 0 {
                faults.add([
                    FieldFault(
                        node.path,
                        "'reject' can only be the first action: what came before has answered the call."
                    )
                ])
            }
            let (action, found) = reader.read(node)
            faults.add(found)
            actions.append(action)
            paths.append(node.path)
        }
        if let error = faults.error { throw error }
        self.actions = actions
        self.paths = paths
        warnings = VoiceDocumentCheck(actions: actions, paths: paths, ownURL: base).warnings
    }

    static func refusal(_ code: ErrorCode, _ message: String) -> PlatformError {
        PlatformError(code, message, faults: [FieldFault("", message, code: code)])
    }
}
