import Platform
import WebSupport

/// The reference in the browser: Swagger UI reads `/v1/openapi.json`. Nothing is loaded from elsewhere, and no script stands in
/// the page itself.
enum ReferencePage {
    /// A file of the page.
    struct Asset {
        let contentType: String
        /// Its text when it is one of ours; nil when it is the library's.
        var text: String?
    }

    static let assets: [String: Asset] = [
        "swagger-ui-bundle.js": Asset(contentType: "text/javascript; charset=utf-8"),
        "swagger-ui.css": Asset(contentType: "text/css; charset=utf-8"),
        "docs.js": Asset(contentType: "text/javascript; charset=utf-8", text: script),
        "docs.css": Asset(contentType: "text/css; charset=utf-8", text: style),
    ]

    static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    static let page = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sautikit API</title><link rel="icon" href="data:,">
        <link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="stylesheet" href="/docs/assets/docs.css">
        </head><body><nav><a href="/docs/errors">Errors</a> <a href="/v1/openapi.json">openapi.json</a>
        <a href="/llms.txt">llms.txt</a> <a href="/docs/build-with-ai.md">Build with AI</a></nav>
        <div id="reference"></div><noscript>The reference needs scripts; openapi.json does not.</noscript>
        <script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/docs.js"></script>
        </body></html>
        """

    /// Without the library: every operation with its first line.
    static func plain(_ document: OpenAPIDocument) -> String {
        let rows = document.operations.map { operation in
            let name = HTMLPage.escaped("\(operation.method.uppercased()) \(operation.path)")
            return "<li><code>\(name)</code> \(HTMLPage.escaped(operation.json["summary"]?.stringValue ?? ""))</li>"
        }
        return """
            <p>Everything is in <a href="/v1/openapi.json">openapi.json</a>, every error in <a href="/docs/errors">the
            table of errors</a>. <small>With SAUTIKIT_DOCS_UI_DIR this page shows the whole reference.</small></p>
            <ul>\(rows.joined())</ul>
            """
    }

    private static let script = """
        SwaggerUIBundle({
          url: "/v1/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null,
          presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout", docExpansion: "list",
          defaultModelsExpandDepth: 0, filter: true, persistAuthorization: false,
        });
        """

    /// On a phone, wide tables and code scroll inside their own box.
    private static let style = """
        body { margin: 0; }
        nav { font: 14px system-ui, sans-serif; padding: .75rem 1rem; background: #0b6b4f; }
        nav a { color: #fff; margin-right: 1rem; }
        @media (max-width: 640px) {
          .swagger-ui .wrapper { padding: 0 10px; }
          .swagger-ui .opblock-body, .swagger-ui .responses-inner, .swagger-ui .table-container,
          .swagger-ui .model-box, .swagger-ui .json-schema-2020-12-body { max-width: 100%; overflow-x: auto; }
          .swagger-ui table, .swagger-ui tbody, .swagger-ui tr, .swagger-ui td {
            display: block; width: auto !important; max-width: 100%; min-width: 0; padding-left: 0; }
          .swagger-ui table thead { display: none; }
          .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { max-width: 100%; }
          .swagger-ui pre { max-width: 100%; overflow-x: auto; white-space: pre-wrap; word-break: break-word; }
        }
        """
}
