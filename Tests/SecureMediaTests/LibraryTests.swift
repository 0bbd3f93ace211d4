import CSRTP
import Primitives
import SecureMedia
import Testing

/// Packets of all sorts between ours and libsrtp2, which nobody here wrote: each opens what the other has sealed.
@Suite struct LibraryTests {
    /// One way of the library's, with a key of ours.
    @safe private final class Reference {
        struct Unusable: Error {}

        private let session: srtp_t

        init(_ profile: SRTPProfile, _ key: [UInt8], _ direction: srtp_ssrc_type_t) throws {
            guard Self.isReady else { throw Unusable() }
            var policy = unsafe srtp_policy_t()
            unsafe policy.ssrc.type = direction
            unsafe policy.window_size = 128
            let name = srtp_profile_t(rawValue: UInt32(profile.rawValue))
            let rtp = unsafe srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, name)
            let rtcp = unsafe srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, name)
            var session: srtp_t?
            var bytes = key
            let made = unsafe bytes.withUnsafeMutableBufferPointer { pointer in
                unsafe policy.key = pointer.baseAddress
                return unsafe srtp_create(&session, &policy)
            }
            guard [rtp, rtcp, made].allSatisfy({ $0 == srtp_err_status_ok }), let session = unsafe session else {
                throw Unusable()
            }
            unsafe self.session = session
        }

        deinit { unsafe srtp_dealloc(session) }

        private static let isReady = srtp_init() == srtp_err_status_ok

        /// Seals or opens a packet; nil when the library refuses.
        func run(
            _ work: (srtp_t, UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>) -> srtp_err_status_t,
            _ bytes: [UInt8]
        ) -> [UInt8]? {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 200, alignment: 16)
            defer { unsafe buffer.deallocate() }
            unsafe buffer.copyBytes(from: bytes)
            guard let start = buffer.baseAddress else { return nil }
            var count = Int32(bytes.count)
            guard unsafe work(session, start, &count) == srtp_err_status_ok else { return nil }
            return unsafe Array(buffer[0..<Int(count)])
        }
    }

    private static func packet(_ sequence: UInt16, _ random: inout SplitMix64) -> [UInt8] {
        let (sources, hasExtension) = (Int.random(in: 0...3, using: &random), Bool.random(using: &random))
        var bytes: [UInt8] = [
            0x80 | (hasExtension ? 0x10 : 0) | UInt8(sources), 8, UInt8(sequence >> 8), UInt8(sequence & 255),
        ]
        bytes += (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) } + [0xCA, 0xFE, 0xBA, 0xBE]
        bytes += (0..<4 * sources).map { _ in UInt8.random(in: 0...255, using: &random) }
        if hasExtension { bytes += [0xBE, 0xDE, 0, 2] + [UInt8](repeating: 5, count: 8) }
        return bytes
            + (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    @Test(arguments: SRTPProfile.allCases)
    func packetsPassBothWays(profile: SRTPProfile) throws {
        var random = SplitMix64(seed: UInt64(profile.rawValue))
        let bytes = (0..<profile.keyByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        let key = SRTPMasterKey(profile, bytes)
        let (sender, receiver) = (try SRTPSender(key), try SRTPReceiver(key))
        let sealing = try Reference(profile, bytes, ssrc_any_outbound)
        let opening = try Reference(profile, bytes, ssrc_any_inbound)
        // Over two wraps of the sequence number.
        for step in stride(from: 60_000, to: 200_000, by: 97) {
            let plain = Self.packet(UInt16(truncatingIfNeeded: step), &random)
            let ours = try TestPacket(plain, room: 500).protect(by: sender)
            let theirs = unsafe sealing.run(srtp_protect, plain)
            #expect(ours == theirs)
            let opened = unsafe opening.run(srtp_unprotect, ours)
            #expect(opened == plain)
            #expect(try TestPacket(try #require(theirs), room: 500).unprotect(by: receiver) == plain)
        }
    }

    @Test(arguments: SRTPProfile.allCases)
    func reportsPassBothWays(profile: SRTPProfile) throws {
        var random = SplitMix64(seed: UInt64(profile.rawValue))
        let bytes = (0..<profile.keyByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        let key = SRTPMasterKey(profile, bytes)
        let (sender, receiver) = (try SRTPSender(key), try SRTPReceiver(key))
        let sealing = try Reference(profile, bytes, ssrc_any_outbound)
        let opening = try Reference(profile, bytes, ssrc_any_inbound)
        for words in 1...40 {
            let rest = (0..<4 * words).map { _ in UInt8.random(in: 0...255, using: &random) }
            let plain = [0x81, 0xC9, 0, UInt8(words + 1), 0xCA, 0xFE, 0xBA, 0xBE] + rest
            let ours = try TestPacket(plain, room: 500).protectRTCP(by: sender)
            let theirs = unsafe sealing.run(srtp_protect_rtcp, plain)
            #expect(ours == theirs)
            let opened = unsafe opening.run(srtp_unprotect_rtcp, ours)
            #expect(opened == plain)
            #expect(try TestPacket(try #require(theirs), room: 500).unprotectRTCP(by: receiver) == plain)
        }
    }
}
