package import Diagnosing
package import Domain
import JSON
package import Profiles

/// The results of a search, for a person and for a program.
package struct ExpectationText: Sendable {
    private let style: TextStyle
    private let profile: Profile?
    private let isPage: Bool
    private static let shown = 8

    /// - Parameters:
    ///   - profile: gives the points' names, and says how its manual counts.
    ///   - isPage: for a page in a browser, where nobody can give options.
    package init(style: TextStyle, profile: Profile?, isPage: Bool = false) {
        self.style = style
        self.profile = profile
        self.isPage = isPage
    }

    /// The text to print for news.
    package func lines(_ news: ExpectationNews) -> [StyledText] {
        switch news {
        case .registersMayAct: wrapped(style.text(ExpectationPhrase.registersMayAct)).map(style.yellow)
        case .avoided(let ranges, let first): avoided(ranges, first)
        case .found(let hits, let display, let registers): found(hits, of: display, in: registers)
        case .notMoved: [style.text(ExpectationPhrase.notMoved)]
        case .waiting(let display):
            understood(display) + [style.text(Sentence(ExpectationPhrase.waiting, display.text))]
        case .followed(let hits, let count): followed(hits, of: count)
        }
    }

    /// The question to a person between two readings.
    package var prompt: StyledText { style.text(ExpectationPhrase.ask) }

    package func refusal(of answer: String, _ flaw: DisplayValue.Flaw) -> StyledText {
        style.text(Sentence(ExpectationPhrase.refused, .text(answer), .sentence(flaw.sentence)))
    }

    /// What to say about a display value that cannot be searched; nil for any other.
    package static func refusal(of display: DisplayValue) -> Sentence? {
        display.number == .zero ? Sentence(ExpectationPhrase.zeroIsEverywhere) : nil
    }

    private func avoided(_ ranges: [ClosedRange<Int>], _ first: Int) -> [StyledText] {
        let numbers = ranges.map { range in
            range.count == 1
                ? "\(range.lowerBound + first)" : "\(range.lowerBound + first)-\(range.upperBound + first)"
        }
        let sentence = Sentence(ExpectationPhrase.avoided, numbers.joined(separator: ", "))
        return wrapped(style.text(sentence)).map(style.yellow)
    }

    private func found(_ hits: [ExpectationHit], of display: DisplayValue, in registers: Int) -> [StyledText] {
        understood(display) + (hits.isEmpty ? none(of: display, in: registers) : some(hits, of: display, in: registers))
    }

    /// What a person typed, where the program took it for something that looks different.
    private func understood(_ display: DisplayValue) -> [StyledText] {
        display.understood(in: style.language).map { wrapped(style.text($0)) } ?? []
    }

    private func none(of display: DisplayValue, in registers: Int) -> [StyledText] {
        let text =
            registers == 0
            ? style.text(ExpectationPhrase.nothingRead)
            : style.text(Sentence(ExpectationPhrase.nothingFound, display.text, "\(registers)"))
        if registers == 0 { return [style.red(text)] }
        return [style.red(text)] + wrapped(style.text(isPage ? ExpectationPhrase.compareAgain : .widen))
    }

    private func some(_ hits: [ExpectationHit], of display: DisplayValue, in registers: Int) -> [StyledText] {
        let sentence =
            hits.count == 1
            ? Sentence(ExpectationPhrase.foundOnce, display.text, "\(registers)")
            : Sentence(ExpectationPhrase.found, display.text, "\(hits.count)", "\(registers)")
        return wrapped(style.text(sentence)).map(style.bold) + table(hits)
    }

    /// How many of the earlier hits are left, and which.
    private func followed(_ hits: [ExpectationHit], of earlier: Int) -> [StyledText] {
        guard !hits.isEmpty else { return wrapped(style.text(ExpectationPhrase.noneFollows)).map(style.red) }
        let sentence = Sentence(ExpectationPhrase.followed, "\(hits.count)", "\(earlier)")
        return [style.bold(style.text(sentence))] + table(hits)
    }

    /// The lines of a profile for the likeliest hit, and how sure it is.
    package func paste(_ hit: ExpectationHit, display: DisplayValue, isConfirmed: Bool) -> [StyledText] {
        var lines = ["", style.text(ExpectationPhrase.paste), ""]
        lines += profileLines(hit, unit: display.unit).map { StyledText($0) } + [""]
        if isConfirmed {
            lines.append(style.green(style.text(ExpectationPhrase.sure)))
        } else {
            lines += wrapped(style.text(ExpectationPhrase.unsure))
            if display.digits < 3 { lines += wrapped(style.text(ExpectationPhrase.fewDigits)) }
        }
        return lines
    }

    private func profileLines(_ hit: ExpectationHit, unit: Unit?) -> [String] {
        ProfileLines(numbering: profile?.modbus?.numbering ?? .from0).point(hit, name: pointName(hit), unit: unit)
    }

    /// One JSON object for a hit.
    package func json(
        _ hit: ExpectationHit,
        display: DisplayValue,
        bus: String,
        unit: UnitID,
        isConfirmed: Bool
    ) -> String {
        var members: [(String, DataValue)] = [
            ("found", .bool(true)), ("display", .string(display.text)), ("bus", .string(bus)),
            ("unit", .integer(unit.number)), ("table", .string(hit.range.table.rawValue)),
            ("address", .integer(hit.range.start)), ("number", .integer(hit.range.start + 1)),
            ("type", .string(hit.type.rawValue)), ("word_order", .string(hit.order.rawValue)),
        ]
        members.append(("scale", .number(.decimal(hit.scale ?? DecimalNumber(1)))))
        if let conversion = hit.conversion {
            members.append(("device_unit", .string(conversion.from.code)))
            members.append(("display_unit", .string(conversion.to.code)))
        }
        members += [
            ("value", DecimalNumber(hit.value, significantDigits: 9).map { .number(.decimal($0)) } ?? .null),
            ("exact", .bool(hit.exactness == .rounded)), ("confirmed", .bool(isConfirmed)),
            ("cost", .integer(hit.cost)),
            ("lines", .string(profileLines(hit, unit: display.unit).joined(separator: "\n"))),
        ]
        var text = JSONText()
        text.object(members)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    private func pointName(_ hit: ExpectationHit) -> String {
        let named = profile?.points.first { point in
            guard case .registers(let range, _, _) = point.origin else { return false }
            return range.table == hit.range.table && range.start == hit.range.start
        }
        return named?.name ?? "value"
    }

    private func table(_ hits: [ExpectationHit]) -> [StyledText] {
        func line(_ number: StyledText, _ cells: [StyledText]) -> StyledText {
            if style.isNarrow { return number + "  " + cells.filter { !$0.isEmpty }.joined(separator: "  ") }
            var line = number.paddedLeft(3) + "  "
            for (cell, width) in zip(cells, [22, 9, 8, 8, 14, 0]) { line += cell.padded(width) }
            return line.trimmed
        }
        let names: [ExpectationPhrase] = [
            .registerColumn, .typeColumn, .orderColumn, .scaleColumn, .unitColumn, .readingColumn,
        ]
        var lines = style.isNarrow ? [] : [style.dim(line("", names.map { style.text($0) }))]
        for (index, hit) in hits.prefix(Self.shown).enumerated() {
            let unit = hit.conversion.map { "\($0.from) > \($0.to)" } ?? ""
            let number = DecimalNumber(hit.value, significantDigits: 7)
            let value = number.map { style.language.number($0.description) } ?? "-"
            let cells: [StyledText] = [
                "\(hit.range.table.rawValue) \(hit.range.start) (\(hit.range.start + 1))", "\(hit.type.rawValue)",
                hit.type.registers > 1 || hit.order != .abcd ? "\(hit.order.rawValue)" : "",
                "\(hit.scale.map { style.language.number($0.description) } ?? "")", "\(unit)",
                "\(hit.exactness == .near ? "~" : "")\(value)",
            ]
            let text = line("\(index + 1)", cells)
            let shown = style.isNarrow ? StyledText.wrapped(text, to: style.columns) : [text]
            lines += index == 0 ? shown.map(style.green) : shown
        }
        if hits.count > Self.shown {
            let phrase: ExpectationPhrase = isPage ? .moreAlone : .more
            let rest = style.text(Sentence(phrase, "\(hits.count - Self.shown)"))
            lines.append("     " + style.dim(rest))
        }
        return lines
    }

    private func wrapped(_ text: StyledText) -> [StyledText] { StyledText.wrapped(text, to: style.columns) }
}
