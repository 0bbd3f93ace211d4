import Platform
import Primitives

/// Uploads as this dialect shows them.
enum UploadResponses {
    /// A page; the cursor is the last upload's id.
    static func page(_ uploads: [Upload], hasMore: Bool, link: (Upload) -> String) -> JSONValue {
        let cursor = hasMore ? uploads.last?.id.uploadID : nil
        return [
            "data": .array(uploads.map { upload($0, link: link($0)) }), "next_cursor": JSONValue(cursor),
        ]
    }

    /// Facts section 7.9, and what it is besides.
    static func upload(_ upload: Upload, link: String) -> JSONValue {
        [
            "id": .string(upload.id.uploadID), "url": .string(link), "name": .string(upload.name),
            "mime_type": .string(upload.mimeType), "size_bytes": .integer(upload.sizeBytes),
            "duration_ms": .integer(upload.duration.wholeMilliseconds), "created_at": JSONValue(upload.createdAt),
        ]
    }
}

extension Identifier {
    /// `aud_` and 26 digits.
    var uploadID: String { rendered(prefix: "aud") }
}
