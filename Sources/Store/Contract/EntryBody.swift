public import Domain
import JSON

/// Encodes what never changes under one identity: the payload's members without the envelope.
public enum EntryBody {
    /// Returns a reading's body: its device's form and the filling, or a complete text where a point is missing.
    public static func encode(_ reading: Reading, _ forms: ReadingForms) -> (content: [UInt8], form: BodyForm?) {
        let shape = reading.shape
        var text = JSONText(reserving: 64 + 16 * shape.points.count)
        let isWhole = write(reading.samples, of: shape, to: &text)
        if !isWhole {
            text.removeAll()
            writeParts(of: reading, to: &text)
        }
        if reading.missed > 0 {
            text.raw(",\"missed\":")
            text.integer(reading.missed)
        }
        if reading.thinned > 0 {
            text.raw(",\"thinned\":")
            text.integer(reading.thinned)
        }
        if reading.held > 0 {
            text.raw(",\"held\":")
            text.integer(reading.held)
            if let until = reading.heldUntil {
                text.raw(",\"held_until\":")
                text.instant(until)
            }
        }
        if let spread = reading.spread {
            text.raw(",\"spread_ms\":")
            text.integer(spread.wholeMilliseconds)
        }
        write(sourceTime: reading.sourceTime, to: &text)
        return (text.bytes, isWhole ? forms.form(of: shape) : nil)
    }

    public static func encode(_ event: Event) -> [UInt8] {
        var text = JSONText(reserving: 256)
        text.raw("\"event\":")
        text.string(event.name.rawValue)
        text.raw(",\"severity\":\"")
        text.raw(event.severity.rawValue)
        text.raw("\"")
        if let device = event.device {
            text.raw(",\"device\":")
            text.string(device)
        }
        if let site = event.site {
            text.raw(",\"site\":")
            text.string(site)
        }
        write(sourceTime: event.sourceTime, to: &text)
        text.raw(",\"data\":")
        text.object(event.data.lazy.map { ($0.key, $0.value) })
        if !event.tooLong.isEmpty {
            text.raw(",\"too_long\":")
            text.json(.array(event.tooLong.map { .string($0) }))
        }
        return text.bytes
    }

    /// Writes the filling of the form.
    ///
    /// - Returns: whether there is a sample of each point.
    private static func write(_ samples: [Sample?], of shape: ReadingShape, to text: inout JSONText) -> Bool {
        // A span and single members, because a copy of each sample would cost more than the writing.
        let all = samples.span
        for index in all.indices {
            if let value = all[index]?.value {
                text.value(value)
            } else {
                if all[index] == nil { return false }
                text.raw("null")
            }
            text.byte(BodyForm.end)
            if all[index]?.isMoreThanValue == true || shape.points[index].saysMore, let sample = all[index] {
                write(sample, of: shape.points[index], to: &text)
            }
            text.byte(BodyForm.end)
        }
        return true
    }

    /// Writes the points that a message carried.
    private static func writeParts(of reading: Reading, to text: inout JSONText) {
        text.raw("\"points\":{")
        var isFirst = true
        for (point, sample) in zip(reading.shape.points, reading.samples) {
            guard let sample else { continue }
            if !isFirst { text.raw(",") }
            isFirst = false
            text.string(point.name)
            text.raw(":{\"value\":")
            if let value = sample.value { text.value(value) } else { text.raw("null") }
            if let unit = point.unit {
                text.raw(",\"unit\":")
                text.string(unit.code)
            }
            write(sample, of: point, to: &text)
            text.raw("}")
        }
        text.raw("}")
    }

    /// Writes the members of a sample besides its value and unit.
    private static func write(_ sample: Sample, of point: PointFace, to text: inout JSONText) {
        if let words = point.words, let name = sample.value.flatMap(words.name) {
            text.raw(",\"name\":")
            text.string(name.en)
        }
        if let reason = sample.reason {
            text.raw(",\"quality\":\"")
            text.raw(reason.quality.rawValue)
            text.raw("\",\"reason\":\"")
            text.raw(reason.word)
            text.raw("\"")
        }
        if let increase = sample.increase {
            text.raw(",\"increase\":")
            text.value(increase)
        }
        if let since = sample.since {
            text.raw(",\"since\":")
            text.instant(since)
        }
        if !point.fields.isEmpty, let word = sample.value?.word {
            text.raw(",\"fields\":{")
            for index in point.fields.indices {
                if index > 0 { text.raw(",") }
                text.string(point.fields[index].name)
                text.raw(":")
                text.value(point.fields[index].number(in: word))
            }
            text.raw("}")
            write(namesOf: point.fields, in: word, to: &text)
        }
    }

    /// Writes the words of the fields whose numbers have one.
    private static func write(namesOf fields: [PointFace.Field], in word: UInt64, to text: inout JSONText) {
        let names = fields.compactMap { field in field.name(in: word).map { (field.name, DataValue.string($0.en)) } }
        guard !names.isEmpty else { return }
        text.raw(",\"names\":")
        text.object(names)
    }

    private static func write(sourceTime: Instant?, to text: inout JSONText) {
        guard let sourceTime else { return }
        text.raw(",\"source_time\":")
        text.instant(sourceTime)
    }
}
