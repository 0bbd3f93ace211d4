package import Primitives

/// A document of a request to port numbers, without its contents.
package struct PortDocument: Sendable, Equatable {
    /// What a document shows.
    package enum Kind: String, Sendable, CaseIterable {
        /// The holder's signed wish.
        case letterOfAuthorisation = "letter_of_authorisation"
        /// A recent bill of the carrier that gives the numbers.
        case bill
        /// Who the holder is.
        case identity
        /// Anything else.
        case other
    }

    /// Its id.
    package let id: Identifier
    /// The request that it belongs to.
    package let requestID: Identifier
    /// What it shows.
    package let kind: Kind
    /// Its file's name.
    package let name: String
    /// `application/pdf`, `image/png` or `image/jpeg`, by its first bytes.
    package let contentType: String
    /// In bytes.
    package let size: Int
    /// When it was added.
    package let createdAt: Timestamp

    /// The type of a file by how it begins; nil for what nobody looks at here.
    static func contentType(of bytes: [UInt8]) -> String? {
        let beginnings: [(String, [UInt8])] = [
            ("application/pdf", Array("%PDF-".utf8)), ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ]
        return beginnings.first { bytes.starts(with: $0.1) }?.0
    }
}
