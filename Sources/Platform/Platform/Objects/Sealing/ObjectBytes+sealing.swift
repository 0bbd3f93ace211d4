extension ObjectBytes {
    /// The same bytes, sealed: the header, then the chunks.
    func sealed(with seal: ObjectSeal) -> ObjectBytes {
        ObjectBytes {
            var source = makeAsyncIterator()
            var cutter = ChunkCutter(size: SealedLayout.chunkSize)
            var (index, isBegun, isOver): (Int64, Bool, Bool) = (0, false, false)
            return {
                if !isBegun {
                    isBegun = true
                    return seal.header.bytes
                }
                while !isOver {
                    if let chunk = cutter.next() {
                        defer { index += 1 }
                        return try seal.seal(chunk, index, isLast: false)
                    }
                    guard let piece = try await source.next() else {
                        isOver = true
                        return try seal.seal(cutter.last, index, isLast: true)
                    }
                    cutter.append(piece)
                }
                return nil
            }
        }
    }

    /// Opens sealed chunks.
    ///
    /// - Parameters:
    ///   - first: the index of the first of them.
    ///   - count: how many chunks the whole file has.
    ///   - part: which bytes of the file are wanted.
    func opened(with seal: ObjectSeal, first: Int64, count: Int64, part: Range<Int64>) -> ObjectBytes {
        let last = part.isEmpty ? first : SealedLayout.chunks(of: part).upperBound
        return ObjectBytes {
            var source = makeAsyncIterator()
            var cutter = ChunkCutter(size: SealedLayout.sealedChunkSize)
            var index = first
            return {
                while index <= last {
                    let isEnd = index == count - 1
                    var chunk = cutter.next()
                    if chunk == nil {
                        if let piece = try await source.next() {
                            cutter.append(piece)
                            continue
                        }
                        chunk = cutter.last
                        // Nothing follows, so nothing may be expected to.
                        guard index == last else { throw ObjectFailure.damaged("the file ends before chunk \(last)") }
                    }
                    let plain = try seal.open(chunk ?? [], index, isLast: isEnd)
                    let start = index * SealedLayout.chunkSize
                    index += 1
                    let wanted = part.clamped(to: start..<(start + Int64(plain.count)))
                    if !wanted.isEmpty {
                        return Array(plain[Int(wanted.lowerBound - start)..<Int(wanted.upperBound - start)])
                    }
                }
                return nil
            }
        }
    }
}
