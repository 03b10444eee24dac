import Domain
import JSON

/// Written and read in one pass: a year of days of a city's figures is twenty thousand steps.
extension FigureReport {
    /// As one line of text.
    public var json: [UInt8] {
        var text = JSONText(reserving: 1_024 + figures.reduce(0) { $0 + 1_024 + $1.before.count * 96 })
        text.raw("{\"figures\":")
        text.list(figures) { text, entry in
            text.raw("{\"name\":{\"en\":")
            text.string(entry.name.en)
            text.raw(",\"id\":")
            text.string(entry.name.id)
            text.raw("},\"message\":")
            text.string(entry.message)
            text.raw(",\"devices\":")
            text.list(entry.devices) { $0.string($1) }
            if let registered = entry.registered {
                text.raw(",\"registered\":")
                text.integer(registered)
            }
            if let closed = entry.closed {
                text.raw(",\"closed\":")
                text.string(closed)
            }
            text.raw(",\"before\":")
            text.list(entry.before) { $0.step($1) }
            text.raw("}")
        }
        text.raw("}")
        return text.bytes
    }

    public init(json: [UInt8]) throws(NotAnswer) {
        var found: [Entry]?
        var cursor = JSONCursor(json)
        do throws(NotJSON) {
            try cursor.expect("{")
            try cursor.members { name, cursor throws(NotJSON) in
                if name == "figures" {
                    found = try cursor.list { cursor throws(NotJSON) in try Entry(&cursor) }
                } else {
                    _ = try cursor.value()
                }
            }
            try cursor.expect("}")
        } catch {
            throw NotAnswer(json)
        }
        guard let found else { throw NotAnswer(json) }
        self.init(figures: found)
    }
}

extension JSONText {
    fileprivate mutating func list<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
        byte(UInt8(ascii: "["))
        for index in elements.indices {
            if index > 0 { byte(UInt8(ascii: ",")) }
            write(&self, elements[index])
        }
        byte(UInt8(ascii: "]"))
    }

    fileprivate mutating func step(_ step: FigureReport.Step) {
        raw("{\"from\":")
        string(step.from)
        if let value = step.value {
            raw(",\"value\":")
            string(value)
        }
        raw(",\"quality\":")
        string(step.quality)
        if let reason = step.reason {
            raw(",\"reason\":")
            string(reason)
        }
        if let completeness = step.completeness {
            raw(",\"completeness\":")
            number(completeness)
        }
        raw("}")
    }
}

extension FigureReport.Entry {
    fileprivate init(_ cursor: inout JSONCursor) throws(NotJSON) {
        self.init(name: Label(en: "", id: ""), message: "", devices: [], registered: nil, before: [])
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "name": self.name = try Self.label(&cursor)
            case "message": message = try cursor.string()
            case "devices": devices = try cursor.list { cursor throws(NotJSON) in try cursor.string() }
            case "closed": closed = try cursor.string()
            case "registered": registered = try cursor.integer()
            case "before":
                before = try cursor.list { cursor throws(NotJSON) in try FigureReport.Step(&cursor) }
            default: _ = try cursor.value()
            }
        }
        try cursor.expect("}")
    }

    private static func label(_ cursor: inout JSONCursor) throws(NotJSON) -> Label {
        var label = Label(en: "", id: "")
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "en": label.en = try cursor.string()
            case "id": label.id = try cursor.string()
            default: _ = try cursor.value()
            }
        }
        try cursor.expect("}")
        return label
    }
}

extension FigureReport.Step {
    fileprivate init(_ cursor: inout JSONCursor) throws(NotJSON) {
        self.init(from: "", value: nil, quality: "", reason: nil, completeness: nil)
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "from": from = try cursor.string()
            case "value": value = try cursor.string()
            case "quality": quality = try cursor.string()
            case "reason": reason = try cursor.string()
            case "completeness": completeness = try cursor.scalar()?.double
            default: _ = try cursor.value()
            }
        }
        try cursor.expect("}")
    }
}
