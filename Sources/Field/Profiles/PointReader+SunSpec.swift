import Documents
import Domain

/// Reads `sunspec` of a point: a model and the name of a point in it.
extension PointReader {
    /// What the model's table says; nil where the point has no such key, or it is wrong.
    func sunspec(_ map: DocumentMap) -> (place: SunSpecPlace, entry: SunSpec.Entry)? {
        guard let map = map.optional("sunspec")?.mapping() else { return nil }
        let known = SunSpec.models.keys.sorted()
        let model = map.required("model")
        let id = model?.integer(in: 1...65_534)
        let point = map.required("point")
        let name = point?.string()
        map.finish()
        guard let id, let name else { return nil }
        guard let entries = SunSpec.models[id] else {
            model?.fail(
                "the points of model \(id) are not known; known: \(known.map(String.init).joined(separator: ", "))"
            )
            return nil
        }
        guard let entry = entries.first(where: { $0.name == name }) else {
            point?.fail("model \(id) has no point \"\(name)\"\(NearestWord.hint(for: name, in: entries.map(\.name)))")
            return nil
        }
        return (SunSpecPlace(model: id, offset: entry.offset), entry)
    }

    /// Adds what the points of a profile need besides: each model's id, which vouches for all its values, and their
    /// scale factors, which are read with them.
    static func addSunSpec(to points: inout [Point]) {
        let used = Set(points.compactMap(\.sunspec?.model))
        guard !used.isEmpty else { return }
        let starts = Dictionary(uniqueKeysWithValues: SunSpec.layout(used))
        var helpers: [SunSpecPlace: Int] = [:]
        func helper(_ model: Int, _ offset: Int, _ name: String, _ type: RegisterType, mark: UInt64?) -> Int {
            let place = SunSpecPlace(model: model, offset: offset)
            if let known = helpers[place] { return known }
            let start = (starts[model] ?? 0) + offset
            var point = Point(hidden: name, at: RegisterRange(.holding, start: start, count: 1), type)
            point.sunspec = place
            point.invalid = mark.map { [$0] } ?? []
            points.append(point)
            helpers[place] = points.count - 1
            return points.count - 1
        }
        for index in points.indices {
            guard let place = points[index].sunspec,
                case .registers(var range, let type, let order) = points[index].origin
            else { continue }
            let id = helper(place.model, 0, "sunspec_\(place.model)", .uint16, mark: nil)
            let condition = Condition(
                reference: PointReference(point: id, field: nil),
                accepted: [Int64(place.model)]
            )
            points[index].goodWhen.append(condition)
            range.start = (starts[place.model] ?? 0) + place.offset
            points[index].origin = .registers(range, type, order)
            let entries = SunSpec.models[place.model] ?? []
            guard let entry = entries.first(where: { $0.offset == place.offset }), points[index].exponentFrom == nil,
                let scale = entries.first(where: { $0.name == entry.scale })
            else { continue }
            let name = "sunspec_\(place.model)_\(scale.name.lowercased())"
            let factor = helper(place.model, scale.offset, name, .int16, mark: scale.mark)
            points[factor].goodWhen = [condition]
            points[index].exponentFrom = factor
        }
    }
}

extension Point {
    /// A point that the gateway needs for others, and does not publish.
    fileprivate init(hidden name: String, at range: RegisterRange, _ type: RegisterType) {
        self.init(
            name: name,
            origin: .registers(range, type, .abcd),
            decimals: 0,
            fields: [],
            goodWhen: [],
            invalid: [],
            isPrivate: true
        )
    }
}
