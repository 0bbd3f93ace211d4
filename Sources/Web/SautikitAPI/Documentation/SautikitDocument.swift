package import WebSupport

/// The contract of this dialect: `OpenAPI/openapi.yaml`, completed, with the parts of the schema of voice documents.
package enum SautikitDocument {
    /// The document; made once.
    ///
    /// - Throws: Yams' error when the file is no YAML, or Foundation's when the schema is no JSON, which a test would have
    ///   found.
    package static func make() throws -> OpenAPIDocument {
        try OpenAPIDocument(yaml: EmbeddedText.openAPI, schemas: VoiceActionSchema.components())
    }
}
