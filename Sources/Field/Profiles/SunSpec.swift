import Domain

/// A value's place in a model of SunSpec: its address is found where the device has the model.
public struct SunSpecPlace: Hashable, Sendable {
    public var model: Int
    /// In registers from the model's id, which stands at 0, its length at 1.
    public var offset: Int
}

/// SunSpec as devices have it (SunSpec device information model specification): "SunS" at a base address, then one
/// model after the other, each with its id and its length, until the id 0xFFFF.
public enum SunSpec {
    /// Where the base may be.
    public static let bases = [40_000, 50_000, 0]
    /// "SunS".
    public static let mark: [UInt16] = [0x5375, 0x6E53]
    public static let endID: UInt16 = 0xFFFF

    /// One entry of a model's table.
    struct Entry {
        var name: String
        var offset: Int
        var type: RegisterType
        var registers: Int
        var unit: Unit?
        /// The scale factor's name.
        var scale: String?
        /// The bits that mean "not implemented".
        var mark: UInt64?
    }

    /// The known models' tables, by the models' ids.
    static let models: [Int: [Entry]] = {
        var models: [Int: [Entry]] = [:]
        for (ids, text) in SunSpecModels.layouts {
            let entries = text.split(separator: ",").map { entry($0.split(whereSeparator: \.isWhitespace)) }
            for id in ids { models[id] = entries }
        }
        return models
    }()

    /// Name, place, type, and then a unit (`-` for none) and a scale factor.
    private static func entry(_ words: [Substring]) -> Entry {
        let (type, registers, mark) = type(words[2])
        return Entry(
            name: String(words[0]),
            offset: Int(words[1]) ?? 0,
            type: type,
            registers: registers,
            unit: words.count > 3 ? Unit(String(words[3])) : nil,
            scale: words.count > 4 ? String(words[4]) : nil,
            mark: mark
        )
    }

    private static func type(_ word: Substring) -> (RegisterType, Int, mark: UInt64?) {
        switch word {
        case "i16", "sf": (.int16, 1, 0x8000)
        case "u32", "e32", "b32": (.uint32, 2, 0xFFFF_FFFF)
        case "i32": (.int32, 2, 0x8000_0000)
        case "u64", "b64": (.uint64, 4, .max)
        case "i64": (.int64, 4, 1 << 63)
        // An accumulator that is not there shows 0.
        case "a16": (.uint16, 1, 0)
        case "a32": (.uint32, 2, 0)
        case "a64": (.uint64, 4, 0)
        case "f32": (.float32, 2, nil)
        case "f64": (.float64, 4, nil)
        default:
            word.hasPrefix("str") ? (.string, Int(word.dropFirst(3)) ?? 1, nil) : (.uint16, 1, 0xFFFF)
        }
    }

    /// How long a model is, without its id and length. The common model ends with a register that pads it.
    static func length(of model: Int) -> Int {
        model == 1 ? 66 : (models[model] ?? []).map { $0.offset + $0.registers }.max().map { $0 - 2 } ?? 0
    }

    /// A chain of these models, the common one first: where profiles and the simulated field put them.
    static func layout(_ used: Set<Int>) -> [(model: Int, start: Int)] {
        var start = bases[0] + 2
        return used.union([1]).sorted().map { model in
            defer { start += 2 + length(of: model) }
            return (model, start)
        }
    }

    /// The words of such a chain that are no points: marks, ids and lengths, by their addresses.
    public static func chain(of points: [Point]) -> [Int: UInt16] {
        let used = Set(points.compactMap(\.sunspec?.model))
        guard !used.isEmpty else { return [:] }
        var words = [bases[0]: mark[0], bases[0] + 1: mark[1]]
        var end = bases[0] + 2
        for (model, start) in layout(used) {
            words[start] = UInt16(model)
            words[start + 1] = UInt16(length(of: model))
            end = start + 2 + length(of: model)
        }
        words[end] = endID
        words[end + 1] = 0
        return words
    }
}

extension [Point] {
    /// The points at the addresses where a device has their models, by the models' ids, and the indices of the points
    /// that it lacks.
    public func placed(in models: [Int: (start: Int, length: Int)]) -> (points: [Point], lacking: Set<Int>) {
        var points = self
        var lacking: Set<Int> = []
        for (index, point) in enumerated() {
            guard let place = point.sunspec, case .registers(var range, let type, let order) = point.origin else {
                continue
            }
            guard let model = models[place.model], place.offset + range.count <= model.length + 2,
                model.start + place.offset + range.count <= 65_536
            else {
                lacking.insert(index)
                continue
            }
            range.start = model.start + place.offset
            points[index].origin = .registers(range, type, order)
        }
        return (points, lacking)
    }

    /// Whether a poll's values show that a model is not where it was.
    public func hasMoved(_ isOther: (_ index: Int, _ model: Int) -> Bool) -> Bool {
        indices.contains { index in
            guard let place = self[index].sunspec, place.offset == 0 else { return false }
            return isOther(index, place.model)
        }
    }
}
