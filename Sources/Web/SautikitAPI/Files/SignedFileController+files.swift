import HTTPTypes
import Platform
import Primitives

extension SignedFileController {
    /// `/v1/recordings/…`
    static func recordings(_ context: PlatformContext, vault: ObjectVault) -> SignedFileController {
        SignedFileController { link in
            let id = try RecordingLink(context).verify(
                name: link.name,
                expires: link.expires,
                signature: link.signature,
                at: context.clock.now()
            )
            let file = StoredFile(try await FindRecording(context).byID(id), in: vault)
            let shown = "inline; filename=\"\(id.rendered(prefix: "rec")).wav\""
            return (file, [.contentType: "audio/wav", .contentDisposition: shown])
        }
    }

    /// `/v1/uploads/files/…`
    static func uploads(_ context: PlatformContext, vault: ObjectVault) -> SignedFileController {
        SignedFileController { link in
            let id = try UploadLink(context).verify(
                name: link.name,
                expires: link.expires,
                signature: link.signature,
                at: context.clock.now()
            )
            let upload = try await ReadUploads(context).byID(id)
            // A file of somebody's is never shown by the browser as a page of this server.
            let headers: HTTPFields = [.contentType: upload.mimeType, .contentDisposition: "attachment"]
            return (StoredFile(upload, in: vault), headers)
        }
    }
}
