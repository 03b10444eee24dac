import Domain

/// Encodes what never changes under one identity: the payload's members but for the envelope.
enum EntryBody {
    static func encode(_ reading: Reading) -> [UInt8] {
        let shape = reading.shape
        var text = JSONText(reserving: 48 + 72 * shape.points.count)
        text.raw("\"points\":{")
        var first = true
        // Spans: a copy of a point's names and arrays for each sample would cost more than the writing.
        let (points, fragments, samples) = (shape.points, shape.fragments, reading.samples)
        let (faces, parts, all) = (points.span, fragments.span, samples.span)
        for index in all.indices {
            guard let sample = all[index] else { continue }
            if !first { text.raw(",") }
            first = false
            text.raw(parts[index].opening)
            if let value = sample.value { text.value(value) } else { text.raw("null") }
            text.raw(parts[index].unit)
            if sample.isMoreThanValue || !parts[index].fields.isEmpty {
                write(sample, of: faces[index], parts[index], to: &text)
            }
            text.raw("}")
        }
        text.raw("}")
        if reading.missed > 0 {
            text.raw(",\"missed\":")
            text.integer(reading.missed)
        }
        if let spread = reading.spread {
            text.raw(",\"spread_ms\":")
            text.integer(spread.wholeMilliseconds)
        }
        write(sourceTime: reading.sourceTime, to: &text)
        return text.bytes
    }

    static func encode(_ event: Event) -> [UInt8] {
        var text = JSONText(reserving: 256)
        text.raw("\"event\":")
        text.string(event.name)
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
        return text.bytes
    }

    /// What a sample says beside its value.
    private static func write(
        _ sample: Sample,
        of point: PointFace,
        _ fragments: PointFragments,
        to text: inout JSONText
    ) {
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
                text.raw(fragments.fields[index])
                text.integer(point.fields[index].value(in: word))
            }
            text.raw("}")
        }
    }

    private static func write(sourceTime: Instant?, to text: inout JSONText) {
        guard let sourceTime else { return }
        text.raw(",\"source_time\":")
        text.instant(sourceTime)
    }
}

extension Sample {
    fileprivate var isMoreThanValue: Bool { reason != nil || increase != nil || since != nil }
}
