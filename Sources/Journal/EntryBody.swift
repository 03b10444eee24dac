import Domain

/// Encodes what never changes under one identity: the payload's members but for the envelope.
enum EntryBody {
    static func encode(_ reading: Reading) -> [UInt8] {
        let shape = reading.shape
        var text = JSONText(reserving: 64 + shape.fragments.text.count + 24 * shape.points.count)
        text.raw("\"points\":{")
        write(reading.samples, of: shape, to: &text)
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

    private static func write(_ samples: [Sample?], of shape: ReadingShape, to text: inout JSONText) {
        let fragments = shape.fragments
        // Spans and single members: a copy of each sample would cost more than the writing.
        let (all, places) = (samples.span, fragments.places.span)
        fragments.text.withUnsafeBytes { constant in
            /// Of what is constant and due to be copied; nil before the first sample and after one that is not there.
            var start: Int?
            var isFirst = true
            for index in all.indices {
                let place = places[index]
                guard all[index] != nil else {
                    if let begun = start { text.raw(UnsafeRawBufferPointer(rebasing: constant[begun..<place.begin])) }
                    start = nil
                    continue
                }
                let begun = start ?? place.begin + (isFirst && index > 0 ? 1 : 0)
                isFirst = false
                text.raw(UnsafeRawBufferPointer(rebasing: constant[begun..<place.value]))
                if let value = all[index]?.value { text.value(value) } else { text.raw("null") }
                start = place.value
                if all[index]?.isMoreThanValue == true || !fragments.fields[index].isEmpty, let sample = all[index] {
                    text.raw(UnsafeRawBufferPointer(rebasing: constant[place.value..<place.more]))
                    write(sample, of: shape.points[index], fragments.fields[index], to: &text)
                    start = place.more
                }
            }
            if let begun = start { text.raw(UnsafeRawBufferPointer(rebasing: constant[begun...])) }
        }
    }

    /// What a sample says beside its value.
    private static func write(
        _ sample: Sample,
        of point: PointFace,
        _ fields: [[UInt8]],
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
                text.raw(fields[index])
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
