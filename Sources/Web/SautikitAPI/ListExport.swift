import Hummingbird
import NIOCore
import Primitives

/// A list as a file that is written while it is read from the database, a page at a time, whatever its length.
struct ListExport: Sendable {
    /// Lines of the file, and the last of their ids when there are more behind them.
    struct Page: Sendable {
        let text: String
        let next: Identifier?
    }

    /// What the file's name begins with.
    let name: String
    let columns: [String]
    let format: ExportFormat
    /// Reads what is behind an id, or from the beginning.
    let page: @Sendable (Identifier?) async throws -> Page

    /// The first page is read before the answer begins, so that what is wrong has a status of its own.
    func response() async throws -> Response {
        let first = try await page(nil)
        let body = ResponseBody { writer in
            if format == .csv { try await writer.write(ByteBuffer(string: CSVLine.text(columns))) }
            var current = first
            try await writer.write(ByteBuffer(string: current.text))
            while let next = current.next {
                current = try await page(next)
                try await writer.write(ByteBuffer(string: current.text))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: format.headers(name: name), body: body)
    }
}
