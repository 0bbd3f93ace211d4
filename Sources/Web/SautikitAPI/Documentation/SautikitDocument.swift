package import WebSupport

/// The contract of this dialect: `OpenAPI/openapi.yaml`, completed.
package enum SautikitDocument {
    /// The document; made once.
    ///
    /// - Throws: Yams' error when the file is no YAML, which a test would have found.
    package static func make() throws -> OpenAPIDocument {
        try OpenAPIDocument(yaml: EmbeddedText.openAPI)
    }
}
