import Domain
import Glibc
import Profiles

/// Writes frames of a device that sends text, as its profile describes them.
///
/// A vector of the profile is the mould: its literal bytes, status words and digits show how such a device writes; the
/// values are those of the model. Where the profile has no vector for a form, the pattern itself is the mould.
struct FrameWriter: Sendable {
    /// A field's bytes in the mould.
    private struct Slot: Sendable {
        var name: String?
        var bytes: [UInt8]
        /// Where it may become longer or shorter.
        var isOpen = false
    }

    private let profile: Profile
    private let access: StreamAccess
    private let form: Int
    private let slots: [Slot]
    /// How many decimal places the digits of each point have, by the point's index.
    private let places: [Int: Int]

    /// Nil for a profile without a frame that carries values in fields.
    init?(_ profile: Profile) {
        guard let access = profile.stream,
            let form = access.frames.indices.first(where: {
                access.frames[$0].says == .values && access.frames[$0].pattern != nil
            }), let pattern = access.frames[form].pattern
        else { return nil }
        self.profile = profile
        self.access = access
        let moulds = profile.vectors.compactMap { vector -> (bytes: [UInt8], vector: ProfileVector)? in
            guard case .frame(let bytes) = vector.input else { return nil }
            return (bytes, vector)
        }
        for index in access.frames.indices where access.frames[index].says == .values {
            guard let pattern = access.frames[index].pattern else { continue }
            for mould in moulds {
                guard let slots = Self.slots(pattern, in: mould.bytes, access) else { continue }
                self.form = index
                self.slots = slots
                places = Self.places(profile, slots, mould.vector)
                return
            }
        }
        self.form = form
        slots = pattern.parts.map { part in
            switch part {
            case .literal(let bytes): Slot(bytes: bytes)
            case .fixed(let name, let width): Slot(name: name, bytes: Array(repeating: UInt8(ascii: "0"), count: width))
            case .upToNext(let name): Slot(name: name, bytes: Array("0.0".utf8), isOpen: true)
            case .anything: Slot(bytes: [])
            }
        }
        places = [:]
    }

    // MARK: The mould

    /// The mould's bytes for each part of the pattern; nil where they do not fit.
    private static func slots(_ pattern: FramePattern, in frame: [UInt8], _ access: StreamAccess) -> [Slot]? {
        guard frame.count >= access.start.count + access.end.count else { return nil }
        var rest = frame.dropFirst(access.start.count).dropLast(access.end.count)
        var slots: [Slot] = []
        for (index, part) in pattern.parts.enumerated() {
            switch part {
            case .literal(let bytes):
                guard rest.starts(with: bytes) else { return nil }
                slots.append(Slot(bytes: bytes))
                rest = rest.dropFirst(bytes.count)
            case .fixed(let name, let width):
                guard rest.count >= width else { return nil }
                slots.append(Slot(name: name, bytes: Array(rest.prefix(width))))
                rest = rest.dropFirst(width)
            case .upToNext, .anything:
                var name: String?
                if case .upToNext(let own) = part { name = own }
                var taken: [UInt8] = []
                var next: [UInt8] = []
                if index + 1 < pattern.parts.count, case .literal(let bytes) = pattern.parts[index + 1] { next = bytes }
                while !rest.isEmpty, next.isEmpty || !rest.starts(with: next) { taken.append(rest.removeFirst()) }
                slots.append(Slot(name: name, bytes: taken, isOpen: true))
            }
        }
        return rest.isEmpty ? slots : nil
    }

    private static func places(_ profile: Profile, _ slots: [Slot], _ vector: ProfileVector) -> [Int: Int] {
        var places: [Int: Int] = [:]
        for (index, point) in profile.points.enumerated() {
            guard case .frame(let value) = point.origin, value.kind == .number, case .field(let field) = value.place,
                let slot = slots.first(where: { $0.name == field })
            else { continue }
            let text = value.isReversed ? slot.bytes.reversed() : slot.bytes
            if let sign = text.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) {
                places[index] = text[(sign + 1)...].prefix { (48...57).contains($0) }.count
            } else if point.decimalsFrom != nil, let expected = vector.values.first(where: { $0.point == point.name }),
                let value = expected.value.text.flatMap({ Double($0) }), value != 0,
                let digits = Double(String(decoding: text.filter { (48...57).contains($0) }, as: UTF8.self)),
                digits != 0
            {
                places[index] = Int(log10(abs(digits / value)).rounded())
            }
        }
        return places
    }

    // MARK: Writing

    /// A frame at a moment of the model.
    func frame(of model: DeviceModel, at seconds: Double) -> [UInt8] {
        let isStable = model.load(at: seconds).isStable
        var body: [UInt8] = []
        for slot in slots {
            guard let name = slot.name, let index = point(of: name) else {
                body += slot.bytes
                continue
            }
            body += bytes(of: index, slot, model, seconds, isStable)
        }
        var frame = access.start + body + access.end
        if let sum = access.checksum { put(sum, into: &frame) }
        return frame
    }

    /// The point that reads a field; nil for a field that only another point's sign lies in.
    private func point(of field: String) -> Int? {
        profile.points.firstIndex { point in
            guard case .frame(let value) = point.origin else { return false }
            return value.place == .field(field) && value.frames.contains(form)
        }
    }

    private func bytes(
        of index: Int,
        _ slot: Slot,
        _ model: DeviceModel,
        _ seconds: Double,
        _ isStable: Bool
    ) -> [UInt8] {
        let point = profile.points[index]
        guard case .frame(let value) = point.origin else { return slot.bytes }
        if !value.words.isEmpty { return word(of: index, value, slot, isStable) }
        switch value.kind {
        case .string: return slot.bytes
        case .bits: return bits(of: index, slot.bytes, isStable)
        case .number:
            // Another point's number of decimals, or a number without a unit, stays as it is in the mould.
            guard point.unit != nil, !point.isPrivate, let number = model.measured(index, at: seconds) else {
                return slot.bytes
            }
            return digits(number, slot, places[index] ?? 2, hasPoint: point.decimalsFrom == nil, value)
        }
    }

    private func word(of index: Int, _ value: FrameValue, _ slot: Slot, _ isStable: Bool) -> [UInt8] {
        guard let wanted = steadiness(of: index, nil, isStable) else { return slot.bytes }
        let fits = value.words.filter { wanted.contains($0.value) }.keys.sorted().first
        guard let fits else { return slot.bytes }
        let text = Array(fits.utf8.prefix(slot.bytes.count))
        return text + Array(repeating: UInt8(ascii: " "), count: slot.bytes.count - text.count)
    }

    private func bits(of index: Int, _ mould: [UInt8], _ isStable: Bool) -> [UInt8] {
        var word = mould.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        for field in profile.points[index].fields {
            guard let wanted = steadiness(of: index, field, isStable)?.first else { continue }
            let mask = ((1 << UInt64(field.high - field.low + 1)) - 1) as UInt64
            word = word & ~(mask << UInt64(field.low)) | (UInt64(bitPattern: wanted) & mask) << UInt64(field.low)
        }
        return mould.indices.map { UInt8(truncatingIfNeeded: word >> UInt64(8 * (mould.count - 1 - $0))) }
    }

    /// What a point, or a field of it, must be for the scale to look stable or not; nil where nothing depends on it.
    private func steadiness(of index: Int, _ field: PointFace.Field?, _ isStable: Bool) -> [Int64]? {
        func isMeant(_ reference: PointReference) -> Bool {
            reference.point == index && reference.field?.name == field?.name
        }
        for point in profile.points {
            switch point.stability {
            case .flag(let reference) where isMeant(reference): return isStable ? [1] : [0]
            case .conditions(let conditions):
                for condition in conditions where isMeant(condition.reference) {
                    guard !isStable else { return condition.accepted.sorted() }
                    return [0, 1, 2].filter { !condition.accepted.contains($0) }
                }
            default: break
            }
        }
        return nil
    }

    private func digits(
        _ number: Double,
        _ slot: Slot,
        _ places: Int,
        hasPoint: Bool,
        _ value: FrameValue
    ) -> [UInt8] {
        let mould = value.isReversed ? slot.bytes.reversed() : slot.bytes
        var power = 1.0
        for _ in 0..<max(0, places) { power *= 10 }
        let count = UInt64(max(0, (number * power).rounded()))
        var text = Array(String(count).utf8)
        while text.count <= places { text.insert(UInt8(ascii: "0"), at: 0) }
        if hasPoint, places > 0 {
            text.insert(UInt8(ascii: value.decimal == .comma ? "," : "."), at: text.count - places)
        }
        if slot.isOpen { return text }
        // The sign of the mould, then blanks or zeros as it has them.
        let sign =
            mould.first.map { [UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0) } == true ? [UInt8(ascii: "+")] : []
        let fill = mould.dropFirst(sign.count).first == UInt8(ascii: " ") ? UInt8(ascii: " ") : UInt8(ascii: "0")
        let width = mould.count - sign.count
        let padded = sign + Array(repeating: fill, count: max(0, width - text.count)) + text.suffix(width)
        return value.isReversed ? padded.reversed() : padded
    }

    // MARK: Checksum

    /// By the manuals' own words, apart from the code that checks it.
    private func put(_ sum: FrameChecksum, into frame: inout [UInt8]) {
        guard let over = sum.over.range(in: frame.count), let at = sum.at.range(in: frame.count) else { return }
        var total = 0
        for byte in frame[over] {
            let value = sum.bits == 7 ? Int(byte) % 128 : Int(byte)
            total = sum.kind == .xor ? total ^ value : total + value
        }
        if sum.kind == .twosComplement { total = -total }
        let modulus = sum.bits == 7 ? 128 : 256
        let result = ((total % modulus) + modulus) % modulus
        let written: [UInt8]
        switch sum.form {
        case .byte: written = [UInt8(result)]
        case .hex: written = [result / 16, result % 16].map { Array("0123456789ABCDEF".utf8)[$0] }
        case .decimal: written = [result / 100, result / 10 % 10, result % 10].map { UInt8(48 + $0) }
        }
        if written.count == at.count { frame.replaceSubrange(at, with: written) }
    }
}
