import Domain
public import Profiles

/// Cuts the bytes of a line into frames and reads them. Pure: bytes in, frames out, in any pieces.
///
/// A frame must be delimited on both sides. Where only an end is known, the bytes before the first end are the rest of
/// a frame whose beginning was not heard, and are left out. Where only a start and a length are known and no checksum
/// vouches for the frame, the next start must follow at once. After damage the next frame is looked for within what was
/// damaged, so that one lost byte costs one frame.
public struct StreamDecoder: Sendable {
    private let reader: FrameReader
    private let access: StreamAccess
    private var buffer: [UInt8] = []
    /// Whether the buffer begins where a frame may begin, and not in the middle of one.
    private var isAligned = false

    /// - Returns: nil for a profile that is no stream's.
    public init?(profile: Profile) {
        guard let reader = FrameReader(profile: profile) else { return nil }
        self.reader = reader
        access = reader.access
    }

    /// Forgets what has come: the line was opened anew, or the device is asked.
    ///
    /// - Parameter isAligned: whether what comes next is the beginning of a frame, as after a request or a silence.
    public mutating func restart(isAligned: Bool) {
        buffer = []
        self.isAligned = isAligned
    }

    /// Whether a frame has begun and is not whole.
    public var isWithinFrame: Bool { !buffer.isEmpty }

    /// Takes bytes as they came, and returns what is complete.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [StreamFrame] {
        buffer += bytes
        return cut(isSilent: false)
    }

    /// The line has been silent: a frame of known length that only waits for the next start is complete, and one that
    /// broke off is torn: what comes later is no rest of it. Where nothing has come at all, the next byte begins a
    /// frame.
    public mutating func fellSilent() -> [StreamFrame] {
        if buffer.isEmpty {
            isAligned = true
            return []
        }
        var frames = cut(isSilent: true)
        if !buffer.isEmpty {
            lose(buffer.count, .unframed, &frames)
            // Whoever pulled the plug within a frame may put it back within one.
            isAligned = false
        }
        return frames
    }

    private mutating func cut(isSilent: Bool) -> [StreamFrame] {
        var frames: [StreamFrame] = []
        while true {
            let before = buffer.count
            if access.start.isEmpty { cutAtEnd(&frames) } else { cutAtStart(&frames, isSilent) }
            if buffer.count == before { return frames }
        }
    }

    // MARK: Frames with an end alone

    private mutating func cutAtEnd(_ frames: inout [StreamFrame]) {
        guard let end = buffer[...].firstIndex(of: access.end) else {
            guard buffer.count > StreamAccess.longestFrame else { return }
            lose(buffer.count, .unframed, &frames)
            // What follows is the rest of what was too long.
            isAligned = false
            return
        }
        let length = end + access.end.count
        let bytes = Array(buffer[..<length])
        buffer.removeFirst(length)
        // The bytes before the first end are mostly a frame's rest. An empty line says nothing.
        let line = Self.withoutLineBreaks(bytes, access.end)
        if isAligned, line.count > access.end.count { frames.append(reader.read(line)) }
        isAligned = true
    }

    /// A device that ends its lines with CR and LF, where the profile names only the first, leaves the other in front
    /// of the next frame.
    private static func withoutLineBreaks(_ bytes: [UInt8], _ end: [UInt8]) -> [UInt8] {
        let rest = bytes.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        return rest.count < end.count ? end : Array(rest)
    }

    // MARK: Frames with a start

    private mutating func cutAtStart(_ frames: inout [StreamFrame], _ isSilent: Bool) {
        guard let start = buffer[...].firstIndex(of: access.start) else {
            // The last bytes may be the beginning of a start.
            let kept = min(buffer.count, access.start.count - 1)
            if buffer.count > StreamAccess.longestFrame || isSilent || !isAligned {
                lose(buffer.count - kept, .unframed, &frames)
            }
            return
        }
        if start > 0 { return lose(start, .unframed, &frames) }
        isAligned = true
        if let length = access.length { cut(length, &frames, isSilent) } else { cutBetween(&frames) }
    }

    private mutating func cut(_ length: Int, _ frames: inout [StreamFrame], _ isSilent: Bool) {
        guard buffer.count >= length else { return }
        var frame = reader.read(Array(buffer[..<length]))
        if access.end.isEmpty, access.checksum == nil, frame.flaw == nil {
            // Only the next start says that no byte was lost or added.
            let next = buffer[length...].prefix(access.start.count)
            guard access.start.starts(with: next) else {
                frame.outcome = .damaged(.length(length + 1))
                return drop(damaged: frame, &frames)
            }
            guard next.count == access.start.count || isSilent else { return }
        }
        if frame.flaw != nil { return drop(damaged: frame, &frames) }
        frames.append(frame)
        buffer.removeFirst(length)
    }

    /// What is damaged ends where the next frame may begin.
    private mutating func drop(damaged frame: StreamFrame, _ frames: inout [StreamFrame]) {
        frames.append(StreamFrame(bytes: frame.bytes, form: nil, outcome: frame.outcome))
        buffer.removeFirst(buffer[...].firstIndex(of: access.start, from: 1) ?? min(buffer.count, frame.bytes.count))
    }

    private mutating func cutBetween(_ frames: inout [StreamFrame]) {
        guard let end = buffer[...].firstIndex(of: access.end, from: access.start.count) else {
            guard buffer.count > StreamAccess.longestFrame else { return }
            return lose(buffer[...].firstIndex(of: access.start, from: 1) ?? buffer.count, .unframed, &frames)
        }
        let length = end + access.end.count
        let whole = reader.read(Array(buffer[..<length]))
        guard whole.flaw != nil else {
            frames.append(whole)
            buffer.removeFirst(length)
            return
        }
        // A torn frame, and a whole one behind it.
        var start = buffer[..<end].firstIndex(of: access.start, from: 1)
        while let found = start {
            let inner = reader.read(Array(buffer[found..<length]))
            if inner.flaw == nil {
                frames.append(StreamFrame(bytes: Array(buffer[..<found]), form: nil, outcome: .damaged(.length(found))))
                frames.append(inner)
                buffer.removeFirst(length)
                return
            }
            start = buffer[..<end].firstIndex(of: access.start, from: found + 1)
        }
        frames.append(whole)
        buffer.removeFirst(length)
    }

    /// Takes bytes away that are no frame. Line breaks and blanks between frames are no damage, and neither is what was
    /// cut off by the opening.
    private mutating func lose(_ count: Int, _ flaw: StreamFlaw, _ frames: inout [StreamFrame]) {
        guard count > 0 else { return }
        let lost = Array(buffer[..<count])
        buffer.removeFirst(count)
        let isBlank = lost.allSatisfy { [UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: " ")].contains($0) }
        // Longer than any frame is no frame's rest.
        if !isBlank, isAligned || count > StreamAccess.longestFrame / 2 {
            frames.append(StreamFrame(bytes: lost, form: nil, outcome: .damaged(flaw)))
        }
    }
}
