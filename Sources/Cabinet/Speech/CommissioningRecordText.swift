import Control
import Domain
package import Records

extension CommissioningRecord {
    /// The text for people to print and sign: 80 columns at most.
    ///
    /// - Parameter offset: seconds that the place's clocks are ahead of UTC.
    package func text(in language: Language, offset: Int64) -> String {
        let page = Page(record: self, language: language, offset: offset)
        return page.lines.map { $0.plain + "\n" }.joined()
    }

    /// The same line by line, in two parts: what people sign, and what proves it.
    package func pages(in language: Language, offset: Int64) -> (signed: [StyledText], appendix: [StyledText]) {
        let page = Page(record: self, language: language, offset: offset)
        return (page.signed, page.appendix)
    }

    private struct Page {
        let record: CommissioningRecord
        let language: Language
        let offset: Int64

        func say(_ phrase: RecordPhrase, _ arguments: String...) -> String {
            Sentence(phrase, arguments: arguments).text(in: language)
        }

        var lines: [StyledText] { signed + appendix }

        /// People sign one page: what proves it may be long, and stands behind.
        var appendix: [StyledText] {
            var lines: [StyledText] = []
            if let messages = record.messages { lines += ["", "", "\(say(.messages))"] + messages.flatMap(said) }
            if record.unit != nil { lines += ["", "", "\(say(.frames))"] + frames }
            return lines
        }

        var signed: [StyledText] {
            let title = say(.title)
            var lines = ["\(title)", StyledText(String(repeating: "=", count: title.columns)), ""]
            lines += identity
            lines += ["", "\(say(.comparisons))"] + comparisons
            lines += ["", "\(say(.readings))"] + readings
            lines += ["", "\(say(.communication, "\(record.rounds)"))"] + communication
            lines += ["", "\(say(.signatures))", "", ""]
            lines.append("  \(say(.inspected, blank))")
            lines += ["", "", "  \(say(.acknowledged, blank))"]
            return lines
        }

        private var blank: String { String(repeating: "_", count: 30) }

        private var identity: [StyledText] {
            let device = record.device ?? say(.inNoConfiguration)
            let result = record.ok ? say(.pass) : say(.fail)
            let gateway = record.gateway.map { say(.withHash, $0, record.configurationHash ?? "-") }
            return row(.device, "\(device) (\(record.profileName))") + row(.site, record.site ?? say(.none))
                + row(.serial, record.serial ?? say(.none)) + row(.gateway, gateway ?? say(.inNoConfiguration))
                + row(.profile, say(.withHash, record.profile, record.profileHash))
                + row(.line, record.unit.map { say(.unit, Self.line(record), "\($0)") } ?? Self.line(record))
                + row(.time, time)
                + row(.by, record.by)
                + row(.result, result + (record.diagnosis.map { " (\($0))" } ?? ""))
                + [record.seen, record.next].compactMap { $0 }.flatMap { wrapped($0, indent: 18) }
        }

        private func local(_ text: String) -> String {
            guard let instant = Instant(iso8601: text) else { return text }
            return String((instant + .seconds(offset)).description.prefix(19)).replacing("T", with: " ")
        }

        /// The time by the place's clocks, with their offset from UTC.
        private var time: String {
            let clock = say(record.clock == ClockState.synchronised.rawValue ? .clockRight : .clockUnsure)
            let (began, ended) = (local(record.began), local(record.ended))
            let isSameDay = began.prefix(11) == ended.prefix(11)
            let span = say(.until, began, isSameDay ? String(ended.dropFirst(11)) : ended)
            return "\(span) (\(zone)), \(clock)"
        }

        /// The offset of the place's clocks from UTC; Indonesia's zones by the names that people there use.
        private var zone: String {
            if language == .id, let name = [25_200: "WIB", 28_800: "WITA", 32_400: "WIT"][offset] { return name }
            let minutes = abs(offset) / 60
            return "UTC\(offset < 0 ? "-" : "+")\(minutes / 60)" + (minutes % 60 == 0 ? "" : ":\(minutes % 60)")
        }

        /// The bus' id before the endpoint, unless both are the same.
        private static func line(_ record: CommissioningRecord) -> String {
            record.endpoint.hasPrefix(record.bus) ? record.endpoint : "\(record.bus): \(record.endpoint)"
        }

        private func row(_ phrase: RecordPhrase, _ value: String) -> [StyledText] {
            let heading = StyledText(say(phrase)).padded(18)
            return StyledText.wrapped(StyledText(value), to: 80 - 18).enumerated().map { index, line in
                (index == 0 ? heading : StyledText(blank: 18)) + line
            }
        }

        private var comparisons: [StyledText] {
            if record.comparisons.isEmpty { return ["  \(say(.notCompared))"] }
            let heading = columns(
                say(.pointColumn),
                say(.displayColumn),
                say(.readingColumn),
                say(.differenceColumn),
                ""
            )
            return [heading]
                + record.comparisons.map { comparison in
                    columns(
                        comparison.point,
                        comparison.display,
                        reading(comparison.reading, comparison.unit),
                        comparison.difference.map(short) ?? "-",
                        comparison.ok ? say(.agrees) : say(.differs)
                    )
                }
        }

        private func reading(_ value: StatusValue?, _ unit: String?) -> String {
            (value.map(language.value) ?? "-") + (unit.map { " " + $0 } ?? "")
        }

        private func columns(_ cells: String...) -> StyledText {
            var line: StyledText = "  "
            for (cell, width) in zip(cells, [20, 14, 20, 12, 0]) { line += StyledText(cell).padded(width) }
            return line.trimmed
        }

        /// What a point read, as wide as it is.
        private struct Row {
            var title: StyledText
            var value: StyledText
            var quality: StyledText
        }

        /// Aligned to the longest title, as far as the page is wide; a title beyond that has a line of its own.
        private var readings: [StyledText] {
            let rows = record.points.map { point in
                let value =
                    reading(point.shown?.value ?? point.value, point.shown?.unit ?? point.unit)
                    + language.meanings(point.shown?.meanings ?? [])
                return Row(
                    title: StyledText(language.fullTitle(point.name, point.shown?.label)),
                    value: StyledText(value),
                    quality: StyledText(QualityPhrase.text(point.quality, point.reason, in: language))
                )
            }
            func longest(_ cell: (Row) -> StyledText) -> Int { rows.map { cell($0).columns }.max() ?? 0 }
            let (page, quality) = (80 - 2, longest(\.quality))
            let least = longest(\.value) + 1
            let title = min(max(26, longest(\.title) + 1), max(26, page - least - quality))
            let value = max(least, min(26, page - title - quality))
            return rows.flatMap { row -> [StyledText] in
                let cells = (row.value.padded(value) + row.quality).trimmed
                if row.title.columns < title { return ["  " + row.title.padded(title) + cells] }
                return wrapped(row.title.plain, indent: 2) + [StyledText(blank: 2 + title) + cells]
            }
        }

        private var communication: [StyledText] {
            let requests = record.requests
            var lines = wrapped(
                say(
                    .requests,
                    "\(requests.sent)",
                    "\(requests.answered)",
                    "\(requests.timeouts)",
                    "\(requests.crcErrors)",
                    "\(requests.exceptions)",
                    "\(requests.otherErrors)",
                    short(requests.errorRate * 100)
                ),
                indent: 2
            )
            if let latency = record.latency {
                let figures = [latency.medianMs, latency.p99Ms, latency.longestMs].map(short)
                lines.append("  \(say(.latency, figures[0], figures[1], figures[2]))")
            }
            return lines
        }

        /// The topic, and below it the payload as it came.
        private func said(_ message: CommissioningRecord.Message) -> [StyledText] {
            let topic = message.retained ? say(.retained, message.topic) : message.topic
            let payload = Array(message.payload)
            return ["  \(local(message.at)) \(topic)"]
                + stride(from: 0, to: payload.count, by: 76).map { start in
                    StyledText(blank: 4) + StyledText(String(payload[start..<min(start + 76, payload.count)]))
                }
        }

        /// Twenty bytes in each line of text.
        private var frames: [StyledText] {
            if record.frames.isEmpty { return ["  \(say(.none))"] }
            return record.frames.flatMap { frame in
                let bytes = frame.bytes.split(separator: " " as Character)
                return stride(from: 0, to: max(1, bytes.count), by: 20).map { start in
                    let mark = frame.direction == "sent" ? ">" : "<"
                    let head =
                        start == 0
                        ? StyledText(microseconds(frame.atMs)).paddedLeft(12) + " ms \(mark) "
                        : StyledText(blank: 18)
                    return head + StyledText(bytes.dropFirst(start).prefix(20).joined(separator: " "))
                }
            }
        }

        /// Always three decimals, so that the decimal points stand below each other.
        private func microseconds(_ milliseconds: Double) -> String {
            let whole = Int64((milliseconds * 1_000).rounded())
            return language.number("\(whole / 1_000).\(String(1_000 + whole % 1_000).dropFirst())")
        }

        private func short(_ number: Double) -> String {
            DecimalNumber(number, significantDigits: 12).map(language.short) ?? "-"
        }

        /// Wrapped between words to 80 columns.
        private func wrapped(_ text: String, indent: Int) -> [StyledText] {
            StyledText.wrapped(StyledText(text), to: 80 - indent).map { StyledText(blank: indent) + $0 }
        }
    }
}
