public import Documents
public import Domain

/// Reads one profile file.
public enum ProfileReader {
    /// Returns the profile, or nil with every problem in the log.
    ///
    /// - Parameters:
    ///   - expectedID: the file's name without `.yaml`; the profile's id must equal it.
    ///   - hash: the hash of the text, and what is installed, as in `Profile.hash`.
    public static func read(_ document: DocumentMap, expectedID: String?, hash: String) -> Profile? {
        let before = document.log.problems.count
        let identity = ProfileIdentity(hash)
        let variants = VariantReader.read(document.optional("variants"))
        var resolver = VariantResolver(variants, choices: identity.choices)
        let map = resolver.resolve(document)
        let id = map.required("profile")?.id()
        if let id, let expectedID, id != expectedID {
            map.optional("profile")?.fail("the file's name says \"\(expectedID)\"; name both the same")
        }
        let name = map.required("name")?.string()
        let measures = map.required("measures")?.word(Profile.Measures.self)
        let source = map.required("source")?.textOrBlank()
        let caveats = map.optional("caveats")?.list()?.compactMap { $0.string() } ?? []
        let supersedes = map.optional("supersedes")?.list()?.compactMap { $0.string() } ?? []
        let access = access(map)
        // A profile may have only events; without events it has at least one point.
        let pointNode = map.has("events") ? map.optional("points") : map.required("points")
        let pointMap = pointNode?.mapping()
        var points: [Point] = []
        if let access, let pointMap {
            points = PointReader.read(pointMap, access: access)
        }
        let events = access?.mqtt.map { EventReader.read(map.optional("events"), messages: $0.messages) } ?? []
        if let node = map.optional("vectors"), access == nil || node.list() == nil { return nil }
        let (vectors, vectorChoices) = VectorReader.read(
            map.optional("vectors"),
            access: access,
            points: points,
            resolver: resolver
        )
        let send = map.optional("send")?.mapping()
            .map { SendReader.read($0, points: points, elsewhere: resolver.elsewhere) }
        if access?.mqtt == nil, let events = map.optional("events") {
            events.fail("only MQTT profiles have events; other devices' weighings are made by the indicators")
        }
        map.finish()
        guard map.log.problems.count == before, let id, let name, let measures, let source, var access else {
            return nil
        }
        bridgeModels(of: points, &access, map)
        return Profile(
            id: id,
            name: name,
            measures: measures,
            source: source,
            caveats: caveats,
            access: access.whole,
            points: points,
            events: events,
            vectors: vectors,
            send: send ?? SendPolicy(),
            variants: variants,
            choices: resolver.chosen,
            elsewhere: resolver.elsewhere,
            vectorChoices: vectorChoices,
            hash: identity.without { isStandard($0, variants) }.hash,
            supersedes: supersedes,
            file: map.file,
            text: map.contentText
        )
    }

    /// The registers of a SunSpec model are all there: a model is read at once, with the id that vouches for it.
    private static func bridgeModels(of points: [Point], _ access: inout Access, _ map: DocumentMap) {
        guard points.contains(where: { $0.sunspec != nil }) else { return }
        if map.optional("modbus")?.mapping()?.has("max_gap") == false { access.modbus?.maxGap = 124 }
    }

    private static func isStandard(_ choice: VariantChoice, _ variants: [Variant]) -> Bool {
        variants.contains { $0.name == choice.variant && $0.standard == choice.value }
    }

    /// What the readers of points and vectors need to know about the access.
    struct Access {
        var modbus: ModbusAccess?
        var mqtt: MQTTAccess?
        var stream: StreamAccess?

        var whole: Profile.Access {
            if let modbus { return .modbus(modbus) }
            if let stream { return .stream(stream) }
            return .mqtt(mqtt ?? MQTTAccess(messages: [], availability: nil, reportsChangesOnly: false))
        }
    }

    private static func access(_ map: DocumentMap) -> Access? {
        switch (map.optional("modbus"), map.optional("mqtt"), map.optional("stream")) {
        case (let modbus?, nil, nil):
            return modbus.mapping().flatMap(modbusAccess).map { Access(modbus: $0) }
        case (nil, let mqtt?, nil):
            return mqtt.mapping().flatMap(MQTTReader.access).map { Access(mqtt: $0) }
        case (nil, nil, let stream?):
            return stream.mapping().flatMap(StreamReader.access).map { Access(stream: $0) }
        case (nil, nil, nil):
            map.fail("one of \"modbus\", \"mqtt\" or \"stream\" is missing: how is the device read?")
            return nil
        case (_, let mqtt, let stream):
            (stream ?? mqtt)?.fail("a profile has one of \"modbus\", \"mqtt\" and \"stream\"; make two profiles")
            return nil
        }
    }

    private static func modbusAccess(_ map: DocumentMap) -> ModbusAccess? {
        let numbering = map.required("numbering")?.word(ModbusAccess.Numbering.self)
        let order = map.required("word_order")?.word(of: WordOrder.general)
        let line = map.optional("line")?.mapping().flatMap { SerialSettingsReader.read($0, finish: true) }
        let maxRegisters = map.optional("max_registers")?.integer(in: 1...125) ?? 125
        let maxGap = map.optional("max_gap")?.integer(in: 0...124) ?? 0
        let first = numbering?.first ?? 0
        let avoid = map.optional("avoid")?.list()?.compactMap { avoided($0, first: first) } ?? []
        let unitRegister = map.optional("unit_register").flatMap { node in
            avoided(node, first: first).map(\.lowerBound)
        }
        let identity = map.optional("identity")?.string()
        let pace = PaceReader.read(map)
        let worstReply = map.optional("worst_reply")?.duration(in: .milliseconds(1) ... .seconds(120))
        map.finish()
        guard let numbering, let order else { return nil }
        let access = ModbusAccess(
            numbering: numbering,
            wordOrder: order,
            line: line,
            maxRegisters: maxRegisters,
            maxGap: maxGap,
            avoid: avoid,
            unitRegister: unitRegister,
            identity: identity,
            replyTime: .milliseconds(500),
            worstReply: worstReply ?? .seconds(2),
            requestGap: nil,
            connectPause: .zero,
            retries: 0
        )
        return pace.over(access)
    }

    /// A register number of the manual, or a range of them: `1442`, `"100-119"`.
    private static func avoided(_ node: DocumentNode, first: Int) -> ClosedRange<Int>? {
        guard let text = node.scalar("a register or a range such as \"100-119\"") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.trimmingPrefix(" ") }
        func number(_ part: Substring) -> Int? {
            let trimmed = part.filter { $0 != " " }.lowercased()
            let value = trimmed.hasPrefix("0x") ? Int(trimmed.dropFirst(2), radix: 16) : Int(trimmed)
            return value.flatMap { (first...65_535 + first).contains($0) ? $0 - first : nil }
        }
        guard (1...2).contains(parts.count), let low = number(parts[0]), let high = number(parts[parts.count - 1]),
            low <= high
        else {
            node.fail("expected a register or a range such as \"100-119\", found \"\(text)\"")
            return nil
        }
        return low...high
    }
}

/// Reads `baud`, `parity`, `data_bits`, `stop_bits`, for a profile's line and for a configuration's bus.
public enum SerialSettingsReader {
    /// - Parameter framing: of a Modbus line; nil where it is not said here, and on a line of text.
    public static func read(_ map: DocumentMap, framing: ModbusFraming? = nil, finish: Bool) -> SerialSettings? {
        let problems = map.log.problems.count
        var settings = SerialSettings()
        if let node = map.optional("baud"), let baud = node.integer(in: 1...4_000_000) {
            if SerialSettings.knownBaudRates.contains(baud) {
                settings.baud = baud
            } else {
                let known = SerialSettings.knownBaudRates.map(String.init).joined(separator: ", ")
                node.fail("\(baud) is no baud rate of Linux; known: \(known)")
            }
        }
        settings.parity = map.optional("parity")?.word(SerialSettings.Parity.self) ?? .none
        settings.dataBits = map.optional("data_bits")?.integer(in: 7...8) ?? 8
        if settings.dataBits == 7, framing == .rtu {
            map.optional("data_bits")?
                .failCheck("Modbus RTU needs 8 data bits; for a device that speaks Modbus ASCII write framing: ascii")
        }
        settings.stopBits = map.optional("stop_bits")?.integer(in: 1...2) ?? 1
        if finish { map.finish() }
        return map.log.problems.count == problems ? settings : nil
    }
}
