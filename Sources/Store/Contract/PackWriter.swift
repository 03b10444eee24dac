import CZlib
public import Domain
import JSON

/// Writes packs, one after the other, in memory of its own: 1.4 MiB at most, once a large one was written.
///
/// It belongs to one thread at a time.
public final class PackWriter {
    /// zlib's compression level: the usual one, and the one of a large text, which a box with much to send fills within
    /// seconds; there time counts more than a sixth of the bytes. docs/performance.md has the measurements.
    private static let levels: (usual: Int32, fast: Int32) = (6, 1)
    private static let large = 256 << 10

    private var text = JSONText(reserving: 16 << 10)
    /// Empty until the first pack, so that a destination without packs costs nothing.
    private var payload: [UInt8] = []
    /// zlib keeps the address of this, so it stays in one place. Nil until the first pack: it comes with 256 KiB.
    private var stream: UnsafeMutablePointer<z_stream>?

    public init() {}

    deinit {
        guard let stream else { return }
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Returns the payload; nil where it would be larger than a pack may be.
    ///
    /// - Parameter stamp: says an entry's stamp, or its right time where that became known later.
    public func write(_ entries: [JournalEntry], lane: Lane, stamp: (JournalEntry) -> Stamp) -> [UInt8]? {
        text.removeAll()
        text.byte(UInt8(ascii: "["))
        for (index, entry) in entries.enumerated() {
            if index > 0 { text.byte(UInt8(ascii: ",")) }
            EntryMessage.write(entry, stamp: stamp(entry), lane: lane, to: &text)
            // It can only become larger.
            if text.count >= PackMessage.largestText { return nil }
        }
        text.byte(UInt8(ascii: "]"))
        return compressed()
    }

    private func compressed() -> [UInt8]? {
        guard let stream = begun() else { return nil }
        let level = text.count > Self.large ? Self.levels.fast : Self.levels.usual
        guard deflateParams(stream, level, Z_DEFAULT_STRATEGY) == Z_OK else { return nil }
        let status = payload.withUnsafeMutableBufferPointer { room in
            text.withBytes { bytes in
                // zlib reads from there, and its older interface has no const for it.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: Bytef.self).baseAddress)
                stream.pointee.avail_in = uInt(bytes.count)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = uInt(room.count)
                return deflate(stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END ? Array(payload[..<Int(stream.pointee.total_out)]) : nil
    }

    /// The stream at its beginning; nil where the machine has no memory for it.
    private func begun() -> UnsafeMutablePointer<z_stream>? {
        if let stream { return deflateReset(stream) == Z_OK ? stream : nil }
        let fresh = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        fresh.initialize(to: z_stream())
        guard deflateInit_(fresh, Self.levels.usual, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            fresh.deallocate()
            return nil
        }
        stream = fresh
        payload = [UInt8](repeating: 0, count: PackMessage.largestPayload)
        return fresh
    }
}
