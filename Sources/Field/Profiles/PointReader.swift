import Documents
import Domain

/// Reads the `points` of a profile. References between points are resolved by name once all names are known.
struct PointReader {
    let access: ProfileReader.Access
    let names: [String]
    private(set) var fields: [String: [PointFace.Field]] = [:]
    /// The points whose values are texts.
    private(set) var texts: Set<String> = []

    static func read(_ map: DocumentMap, access: ProfileReader.Access) -> [Point] {
        let problems = map.log.problems.count
        let entries = map.entries()
        if entries.isEmpty { map.fail("names no point") }
        var reader = PointReader(access: access, names: entries.map(\.name))
        let maps = entries.map { name, node -> DocumentMap? in
            if !Identifier.isPointName(name) {
                node.failName("\"\(name)\" is not a point's name: a-z, 0-9 and _, beginning with a letter")
            }
            return node.mapping()
        }
        for (entry, map) in zip(entries, maps) {
            reader.fields[entry.name] = map.map(Self.fields) ?? []
            if let type = map?.optional("type"), type.isWord(in: ["string", "hex"]) { reader.texts.insert(entry.name) }
        }
        var points = zip(entries, maps).compactMap { entry, map in map.flatMap { reader.point(entry.name, $0) } }
        if map.log.problems.count == problems {
            defer { addSunSpec(to: &points) }
            checkCircles(points, entries: entries)
            checkWeirs(points, entries: entries)
            checkWidths(points, entries: entries)
            checkPartners(points, entries: entries)
        }
        return points
    }

    private init(access: ProfileReader.Access, names: [String]) {
        self.access = access
        self.names = names
    }

    private func point(_ name: String, _ map: DocumentMap) -> Point? {
        let problems = map.log.problems.count
        let sunspec = sunspec(map)
        let unit = map.optional("unit")?.unit() ?? sunspec?.entry.unit
        let publish = published(map, from: unit)
        let origin = origin(map)
        let fields = fields[name] ?? []
        var point = Point(
            name: name,
            origin: origin ?? .message(0, path: nil, .number),
            unit: unit,
            publish: publish,
            scale: map.optional("scale")?.number(),
            offset: map.optional("offset")?.number(),
            decimals: map.optional("decimals")?.integer(in: 0...9) ?? 0,
            range: map.optional("range").flatMap(range),
            counter: nil,
            fields: fields,
            goodWhen: map.optional("good_when").map(conditions) ?? [],
            stability: map.optional("stable").flatMap(stability),
            plus: map.optional("plus").flatMap(index),
            negativeWhen: map.optional("negative_when").flatMap(reference),
            decimalsFrom: map.optional("decimals_from").flatMap(reference),
            tiny: map.optional("tiny")?.word(Tiny.self),
            invalid: [],
            isPrivate: map.optional("private")?.bool() ?? false
        )
        point.sunspec = sunspec?.place
        if let mark = sunspec?.entry.mark { point.invalid.insert(mark) }
        readPartners(map, into: &point)
        if let node = map.optional("invalid") { invalid(node, &point) }
        point.codes = map.optional("codes").map(Self.codes) ?? [:]
        Self.words(map, &point)
        point.isOptional = map.optional("optional")?.bool() ?? false
        point.text = map.optional("text")?.mapping().flatMap(text)
        if let node = map.optional("max_length"), let most = node.integer(in: 1...Point.greatestLength) {
            point.maxLength = most
            if point.origin.messageValue != .string {
                node.fail("only a text of a message has a max_length (type: string)")
            }
        }
        point.counter = map.optional("counter")?.mapping()
            .flatMap { counter($0, origin: origin, isSum: point.plus != nil) }
        if point.counter != nil {
            if map.has("decimals_from") {
                map.optional("decimals_from")?.fail("a counter's decimal places must not change; give \"decimals\"")
            }
            if let scale = point.scale, scale.negative {
                map.optional("scale")?.fail("a counter cannot count backwards")
            }
        }
        if let scale = point.scale, scale == .zero { map.optional("scale")?.fail("a scale of 0 makes every value 0") }
        if origin != nil {
            checkSense(point, map)
            checkKind(point, map)
        }
        map.finish()
        return origin != nil && map.log.problems.count == problems ? point : nil
    }

    private func published(_ map: DocumentMap, from unit: Unit?) -> Unit? {
        guard let node = map.optional("publish"), let publish = node.unit() else { return nil }
        guard let unit else {
            if !map.has("unit") { node.fail("\"publish\" needs \"unit\": what the device measures in") }
            return nil
        }
        guard unit.isConvertible(to: publish) else {
            let possible = Unit.allCodes.filter { Unit($0)?.isConvertible(to: unit) ?? false }
            node.fail("\(unit) cannot become \(publish); it can become \(possible.joined(separator: ", "))")
            return nil
        }
        return publish
    }

    // MARK: Where the value comes from

    private func origin(_ map: DocumentMap) -> Point.Origin? {
        let tables = RegisterTable.allCases.compactMap { table in map.optional(table.rawValue).map { (table, $0) } }
        let weir = map.optional("weir")
        let message = map.optional("message")
        if let weir {
            if let (_, node) = tables.first { node.fail("a weir's value is computed; it has no register") }
            return weir.mapping().flatMap(self.weir).map { .weir($0) }
        }
        if access.stream != nil {
            if let other = message ?? tables.first?.1 {
                other.fail("a stream's profile has neither registers nor messages; name the \"frame\"")
                return nil
            }
            if map.has("frame") || !namesOtherPoint(map) { return framePoint(map) }
        }
        if let node = map.optional("field") {
            if let (_, node) = tables.first { node.fail("a field lies in another point's word; it has no register") }
            guard let reference = reference(node) else { return nil }
            if reference.field == nil { node.fail("which field? Write POINT.FIELD, such as status.quality") }
            return .field(reference)
        }
        if let node = map.optional("sunspec") {
            if let (_, node) = tables.first { node.fail("a SunSpec model says where the value is; it has no register") }
            if access.modbus == nil { node.fail("only a Modbus device has SunSpec models") }
            guard let (_, entry) = sunspec(map) else { return nil }
            return .registers(RegisterRange(.holding, start: 0, count: entry.registers), entry.type, .abcd)
        }
        if access.modbus == nil {
            if let (_, node) = tables.first { node.fail("an MQTT profile has no registers; name the \"message\"") }
            return messagePoint(map, message)
        }
        if let message { message.fail("a Modbus profile has no messages; name a register") }
        guard let (table, node) = tables.first else {
            map.fail(
                "where is it? One of holding, input, coil, discrete (a register's number), field or weir is missing"
            )
            return nil
        }
        if tables.count > 1 { tables[1].1.fail("a point is in one table; \"\(table.rawValue)\" is given too") }
        return registerPoint(map, table, node)
    }

    private func registerPoint(_ map: DocumentMap, _ table: RegisterTable, _ node: DocumentNode) -> Point.Origin? {
        let first = access.modbus?.numbering.first ?? 0
        let number = node.integer(in: first...65_535 + first)
        let defaultType: RegisterType? = table.holdsBits ? .bool : (map.has("bits") ? .bits : nil)
        let typeNode = map.optional("type")
        let type = typeNode.map { $0.word(RegisterType.self) } ?? defaultType
        let order = map.optional("word_order").flatMap { wordOrder($0, of: type) } ?? access.modbus?.wordOrder ?? .abcd
        let length = map.optional("registers")
        guard let number else { return nil }
        guard let type else {
            if typeNode == nil { map.fail("\"type\" is missing: what do the registers hold?") }
            return nil
        }
        if table.holdsBits, type != .bool { typeNode?.fail("a \(table.rawValue) is a bool") }
        if !table.holdsBits, type == .bool { typeNode?.fail("a register is no bool; use bits, or coil or discrete") }
        var count = type.registers
        if type == .string {
            guard let length = length?.integer(in: 1...125) else {
                if length == nil { map.fail("a string needs \"registers\": how many registers it takes") }
                return nil
            }
            count = length
        } else if let length {
            length.fail("only a string has a length; \(type.rawValue) takes \(count)")
        }
        let start = number - first
        if start + count > 65_536 { node.fail("the value would end beyond the last address") }
        if let most = access.modbus?.maxRegisters, !table.holdsBits, count > most {
            node.fail("takes \(count) registers, but one request reads at most \(most) (max_registers)")
        }
        return .registers(RegisterRange(table, start: start, count: count), type, order)
    }

    private func wordOrder(_ node: DocumentNode, of type: RegisterType?) -> WordOrder? {
        if let type, type.registers < 4, node.isWord(in: WordOrder.ofEightBytes.keys),
            !node.isWord(in: WordOrder.general.keys)
        {
            node.fail("is an order of eight bytes; \(type.rawValue) has \(type.registers * 2)")
            return nil
        }
        return node.word(of: type?.registers == 4 ? WordOrder.ofEightBytes : WordOrder.general)
    }

    private func messagePoint(_ map: DocumentMap, _ message: DocumentNode?) -> Point.Origin? {
        let messages = access.mqtt?.messages ?? []
        if let part = map.optional("part") { return partPoint(map, message, part, messages) }
        let path = map.optional("path")
        let type = map.optional("type").map { $0.word(Point.MessageValue.self) } ?? .number
        guard let message else {
            map.fail("\"message\" is missing: which of the profile's messages carries it?")
            return nil
        }
        guard let index = message.message(of: messages), let type else { return nil }
        guard let path else { return .message(index, path: nil, type) }
        return path.jsonPath().map { .message(index, path: $0, type) }
    }

    // MARK: Attributes

    private func range(_ node: DocumentNode) -> ClosedRange<DecimalNumber>? {
        guard let list = node.list() else { return nil }
        let numbers = list.compactMap { $0.number() }
        guard list.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else {
            node.fail("expected the least and the greatest value, such as [0, 100]")
            return nil
        }
        return numbers[0]...numbers[1]
    }

    /// - Parameter isSum: whether another point is added: the sum may be wider than the registers (see `checkWidths`).
    private func counter(_ map: DocumentMap, origin: Point.Origin?, isSum: Bool) -> CounterRule? {
        let wraps = map.optional("wraps_at")
        let wrapsAt = wraps?.integer(in: 2...Int.max)
        // A totalizer whose profile says where it wraps needs no width.
        let bits = (wraps == nil ? map.required("bits") : map.optional("bits"))?.integer(in: 1...64)
        let rate = map.optional("max_rate")
        let maxRate = rate?.number()
        if let maxRate, maxRate <= .zero { rate?.fail("must be greater than 0 (in `unit` per second)") }
        var type: RegisterType?
        if case .registers(_, let held, _) = origin { type = held }
        let width = type?.bitWidth ?? origin?.byteType?.bitWidth
        var modulus = wrapsAt.map { DecimalNumber($0) }
        if wraps == nil, let bits {
            if bits <= 16, rate == nil {
                map.fail("\"max_rate\" is required for 16 bits: they wrap too soon to guess")
            }
            if !isSum, let width, bits > width {
                map.optional("bits")?.fail("\(bits) bits do not fit \(type?.rawValue ?? origin?.byteType?.word ?? "")")
            }
            let own = type?.decimalWrap ?? origin?.byteType?.decimalWrap
            let wrap = isSum && bits > (width ?? 64) ? nil : own
            modulus = bits == 64 ? nil : wrap ?? .twoToThe(bits)
        } else if let wrapsAt, wrapsAt <= 65_536, rate == nil {
            map.fail("\"max_rate\" is required where \"wraps_at\" is 65536 or less: it wraps too soon to guess")
        }
        let refresh = map.optional("refresh")?.duration(in: .zero ... .seconds(86_400))
        let step = map.optional("step")
        let one = step?.number()
        if let one, one <= .zero { step?.fail("must be greater than 0 (in `unit`)") }
        map.finish()
        return CounterRule(
            modulus: modulus,
            maxRate: maxRate,
            refresh: refresh ?? CounterRule.usualRefresh,
            step: one
        )
    }

    // MARK: References

    /// Whether a reference's point is a text.
    func isText(_ reference: PointReference) -> Bool { texts.contains(names[reference.point]) }

    func index(_ node: DocumentNode) -> Int? { node.string().flatMap { index($0, node) } }

    private func reference(_ node: DocumentNode) -> PointReference? { node.string().flatMap { reference($0, node) } }

    private func index(_ name: String, _ node: DocumentNode) -> Int? {
        if let index = names.firstIndex(of: name) { return index }
        node.fail("no point is named \"\(name)\"\(NearestWord.hint(for: name, in: names))")
        return nil
    }

    func reference(_ text: String, _ node: DocumentNode) -> PointReference? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let point = index(parts[0], node) else { return nil }
        guard parts.count == 2 else { return PointReference(point: point, field: nil) }
        let fields = fields[parts[0]] ?? []
        if let field = fields.first(where: { $0.name == parts[1] }) {
            return PointReference(point: point, field: field)
        }
        node.fail("\(parts[0]) has no field \"\(parts[1])\"\(NearestWord.hint(for: parts[1], in: fields.map(\.name)))")
        return nil
    }
}
