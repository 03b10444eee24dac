import Domain
public import Profiles

/// Reads one frame of a stream: its checksum, its form among those of the profile, and the values in it. Pure.
///
/// A frame counts only as a whole: the checksum, each literal byte and each value must be as the profile says. A value
/// that is no number makes the frame a damaged one, because its other bytes are not to be trusted either.
public struct FrameReader: Sendable {
    let access: StreamAccess
    private let points: [Point]
    /// The indices of the points that each form carries.
    private let carried: [[Int]]

    /// - Returns: nil for a profile that is no stream's.
    public init?(profile: Profile) {
        guard let access = profile.stream else { return nil }
        self.access = access
        points = profile.points
        carried = access.frames.indices.map { frame in
            profile.points.indices.filter { index in
                guard case .frame(let value) = profile.points[index].origin else { return false }
                return value.frames.contains(frame)
            }
        }
    }

    /// - Parameter bytes: a whole frame, with its start and end.
    public func read(_ bytes: [UInt8]) -> StreamFrame {
        // A checksum of seven bits says nothing of the eighth, so no value has it.
        let bytes = access.checksum?.bits == 7 ? bytes.map { $0 & 0x7F } : bytes
        if let length = access.length, bytes.count != length { return damaged(bytes, .length(bytes.count)) }
        guard bytes.starts(with: access.start), bytes.count >= access.start.count + access.end.count,
            bytes.suffix(access.end.count).elementsEqual(access.end)
        else { return damaged(bytes, .unframed) }
        if let flaw = checksumFlaw(bytes) { return damaged(bytes, flaw) }
        var flaws: [StreamFlaw] = []
        for index in access.frames.indices {
            switch fields(of: index, in: bytes) {
            case .failure(let mismatch): flaws.append(mismatch.flaw)
            case .success(let fields):
                switch outcome(of: index, bytes, fields) {
                case .damaged(let flaw): flaws.append(flaw)
                case let outcome: return StreamFrame(bytes: bytes, form: index, outcome: outcome)
                }
            }
        }
        return damaged(bytes, flaws.max { $0.depth < $1.depth } ?? .unframed)
    }

    private func damaged(_ bytes: [UInt8], _ flaw: StreamFlaw) -> StreamFrame {
        StreamFrame(bytes: bytes, form: nil, outcome: .damaged(flaw))
    }

    // MARK: Checksum

    private func checksumFlaw(_ bytes: [UInt8]) -> StreamFlaw? {
        guard let sum = access.checksum else { return nil }
        guard let over = sum.over.range(in: bytes.count), let at = sum.at.range(in: bytes.count),
            at.count == sum.form.length
        else { return .length(bytes.count) }
        let computed = sum.computed(over: bytes[over])
        let found = Array(bytes[at])
        return sum.holds(found, computed) ? nil : .checksum(found: found, computed: computed)
    }

    // MARK: Form

    private struct Mismatch: Error {
        var flaw: StreamFlaw
    }

    /// Where each field of a form lies in the frame.
    private func fields(of index: Int, in bytes: [UInt8]) -> Result<[String: Range<Int>], Mismatch> {
        guard let pattern = access.frames[index].pattern else { return .success([:]) }
        var fields: [String: Range<Int>] = [:]
        let end = bytes.count - access.end.count
        var place = access.start.count
        func fail(_ wanted: [UInt8] = []) -> Result<[String: Range<Int>], Mismatch> {
            .failure(Mismatch(flaw: .pattern(at: place + 1, wanted: wanted)))
        }
        for (number, part) in pattern.parts.enumerated() {
            switch part {
            case .literal(let literal):
                let right = zip(bytes[place..<end], literal).prefix { $0 == $1 }.count
                guard right == literal.count else {
                    place += right
                    return fail(Array(literal[right...]))
                }
                place += literal.count
            case .fixed(let name, let width):
                guard place + width <= end else { return fail() }
                if let name { fields[name] = place..<place + width }
                place += width
            case .upToNext(let name):
                let close = closing(of: pattern, after: number, in: bytes[place..<end])
                guard let close, close > place else { return fail() }
                if let name { fields[name] = place..<close }
                place = close
            case .anything:
                guard let close = closing(of: pattern, after: number, in: bytes[place..<end]) else { return fail() }
                place = close
            }
        }
        return place == end ? .success(fields) : fail()
    }

    /// Where a field without a length ends: at the literal that follows it, or at the frame's end.
    private func closing(of pattern: FramePattern, after number: Int, in rest: ArraySlice<UInt8>) -> Int? {
        guard number + 1 < pattern.parts.count else { return rest.endIndex }
        guard case .literal(let literal) = pattern.parts[number + 1] else { return nil }
        return rest.firstIndex(of: literal)
    }

    // MARK: Values

    private func outcome(of index: Int, _ bytes: [UInt8], _ fields: [String: Range<Int>]) -> StreamFrame.Outcome {
        switch access.frames[index].says {
        case .nothing: return .nothing
        case .bad(let reason):
            return .values(
                points.map { point in
                    if case .frame = point.origin { return .missing(reason) }
                    return nil
                }
            )
        case .values: break
        }
        var values: [RawValue?] = Array(repeating: nil, count: points.count)
        for point in carried[index] {
            guard case .frame(let value) = points[point].origin else { continue }
            guard let range = range(of: value.place, in: bytes, fields) else {
                return .damaged(.length(bytes.count))
            }
            let sign = value.sign.flatMap { self.range(of: $0, in: bytes, fields) }.map { Array(bytes[$0]) }
            guard let raw = value.read(Array(bytes[range]), sign: sign) else {
                return .damaged(.value(point: points[point].name, bytes: Array(bytes[range])))
            }
            values[point] = points[point].isMark(raw) ? .missing(.invalid) : .value(raw)
        }
        return .values(values)
    }

    private func range(
        of place: FrameValue.Place,
        in bytes: [UInt8],
        _ fields: [String: Range<Int>]
    ) -> Range<Int>? {
        switch place {
        case .field(let name): fields[name]
        case .bytes(let span): span.range(in: bytes.count)
        }
    }
}

extension StreamFlaw {
    /// How much of a frame was right before the flaw: the form that went furthest tells most.
    fileprivate var depth: Int {
        switch self {
        case .pattern(let place, _): place
        case .value: StreamAccess.longestFrame + 1
        case .length, .unframed, .checksum: 0
        }
    }
}

extension Point {
    /// Whether the value is a mark for "no value".
    fileprivate func isMark(_ value: Value) -> Bool {
        guard !invalidNumbers.isEmpty, let number = value.decimal else { return false }
        return invalidNumbers.contains(number)
    }
}

extension FrameChecksum {
    func computed(over bytes: ArraySlice<UInt8>) -> UInt8 {
        let mask: UInt8 = bits == 7 ? 0x7F : 0xFF
        let sum = bytes.reduce(0 as UInt8) { sum, byte in
            kind == .xor ? sum ^ (byte & mask) : sum &+ (byte & mask)
        }
        return (kind == .twosComplement ? 0 &- sum : sum) & mask
    }

    /// Whether the bytes of a frame are that checksum.
    func holds(_ found: [UInt8], _ computed: UInt8) -> Bool {
        switch form {
        case .byte: found == [computed] || bits == 7 && found.map { $0 & 0x7F } == [computed]
        case .hex: String(decoding: found, as: UTF8.self).uppercased() == Self.hex(computed)
        case .decimal: String(decoding: found, as: UTF8.self) == String("00\(computed)".suffix(3))
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

extension ArraySlice<UInt8> {
    /// The index at which these bytes first stand.
    func firstIndex(of bytes: [UInt8], from first: Int? = nil) -> Int? {
        guard let head = bytes.first else { return nil }
        var place = first ?? startIndex
        while place + bytes.count <= endIndex, let found = self[place...].firstIndex(of: head) {
            if self[found...].starts(with: bytes) { return found }
            place = found + 1
        }
        return nil
    }
}
