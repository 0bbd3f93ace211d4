/// The records of datagrams (RFC 6347 section 4.1).
enum DTLSRecords {
    static let headerByteCount = 13

    private static let kinds: ClosedRange<UInt8> = 20...22

    /// Whether every record of a datagram may stand in a handshake and ends within it. Sound does not come this way, and one
    /// record of data in the clear would end a handshake.
    static func isPlausible(_ datagram: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while place < datagram.count {
            guard place + headerByteCount <= datagram.count, unsafe datagram[place + 1] == 254 else { return false }
            let isEncrypted = unsafe datagram[place + 3] != 0 || datagram[place + 4] != 0
            guard unsafe kinds.contains(datagram[place]) || isEncrypted else { return false }
            place += unsafe headerByteCount + (Int(datagram[place + 11]) << 8 | Int(datagram[place + 12]))
        }
        return place == datagram.count && place > 0
    }

    /// Cuts what OpenSSL wrote into datagrams of whole records, as many in one as fit.
    static func datagrams(_ flight: [UInt8], limit: Int) -> [[UInt8]] {
        var (result, rest) = ([[UInt8]](), flight[...])
        while rest.count >= headerByteCount {
            let length = Int(rest[rest.startIndex + 11]) << 8 | Int(rest[rest.startIndex + 12])
            let record = rest.prefix(headerByteCount + length)
            rest = rest.dropFirst(record.count)
            if let last = result.last, last.count + record.count <= limit {
                result[result.count - 1] += record
            } else {
                result.append(Array(record))
            }
        }
        return result
    }
}
