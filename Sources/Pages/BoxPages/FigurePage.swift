import Contract
import Control
import Domain
package import PageParts
import Speech

/// One figure, and the devices, readings and ranges that it was made of.
package struct FigurePage: Sendable {
    private let view: BoxView
    private let figure: FigureText
    private let telling: Telling
    private let scripts: [String]
    private let styles: [String]

    package init(
        _ view: BoxView,
        _ figure: FigureText,
        telling: Telling,
        scripts: [String] = [],
        styles: [String] = []
    ) {
        self.view = view
        self.figure = figure
        self.telling = telling
        self.scripts = scripts
        self.styles = styles
    }

    package var html: HTML {
        let unit = figure.unit.isEmpty ? "" : " " + figure.unit
        return BoxPage.layout(telling).html(
            Layout.Page(
                title: figure.name,
                subtitle: "\(figure.place) · \(span) · \(BoxPage.subtitle(view, telling))",
                body: """
                    <p class="big">\(figure.value)<span class="unit">\(unit)</span></p>\
                    <p>\(figure.badge.html) \(figure.completeness) \(figure.target ?? "")</p>\(doubt)\
                    <h2>\(telling.text(GlancePhrase.madeOf))</h2>\(account)\(parts)\
                    <h2>\(telling.text(GlancePhrase.devices))</h2>\(devices)\
                    <h2>\(telling.text(GlancePhrase.ranges))</h2>\(ranges)\
                    <h2>\(telling.text(GlancePhrase.history))</h2>\(history)
                    """,
                path: figure.path,
                scripts: scripts + [Asset.charts.path],
                styles: styles
            )
        )
    }

    private var message: FigureMessage { figure.message }

    private var span: String {
        let window = GlancePage.name(ofWindow: message.window, telling)
        return "\(window): \(moment(message.from)) – \(moment(message.to))"
    }

    private func moment(_ moment: Instant) -> String { telling.shortDate(moment) + " " + telling.clock(moment) }

    private var doubt: HTML {
        guard let doubt = message.doubt else { return "" }
        let words = telling.quality(doubt.quality.rawValue, doubt.reason)
        return "<p class=\"why\">\(words)</p>"
    }

    private var account: HTML {
        let account = message.account
        var rows: [(String, String)] = [
            (telling.text(GlancePhrase.expected), telling.number(account.expected)),
            (telling.text(GlancePhrase.received), telling.number(account.received)),
            (telling.text(GlancePhrase.counted), telling.number(account.counted)),
            (telling.text(GlancePhrase.excluded), telling.number(account.excluded)),
            (telling.text(GlancePhrase.unverified), telling.number(account.unverified)),
            (telling.text(GlancePhrase.method), message.method),
        ]
        if let unknown = message.unknown {
            rows.append((telling.text(GlancePhrase.lostIncreases, "\(unknown.times)"), ""))
        }
        if let baseline = message.baseline {
            let value = telling.value(digits: baseline.value.description)
            rows.append((telling.text(GlancePhrase.baseline, "\(baseline.year)", value), ""))
        }
        return "<dl>\(rows.map { "<dt>\($0)</dt><dd>\($1)</dd>" as HTML })</dl>"
    }

    private var parts: HTML {
        let tables = message.by.compactMap { dimension -> HTML? in
            guard case .object(let members) = dimension.value else { return nil }
            let rows = members.map { "<dt>\($0.key)</dt><dd>\(Self.text($0.value, telling))</dd>" as HTML }
            return "<h3>\(telling.text(GlancePhrase.parts)): \(dimension.key)</h3><dl>\(rows)</dl>"
        }
        return tables.joined()
    }

    private static func text(_ value: DataValue, _ telling: Telling) -> String {
        switch value {
        case .number(let number): telling.value(digits: "\(number)")
        case .string(let text): text
        case .bool(let truth): "\(truth)"
        default: "–"
        }
    }

    private var devices: HTML {
        let items = figure.entry.devices.map { id -> HTML in
            guard let device = view.device(id) else { return "<li>\(id)</li>" }
            let state = DeviceState(device, on: view.bus(of: device), now: view.now, telling: telling)
            let unverified = device.verified ? "" : telling.text(PagePhrase.unverified)
            return """
                <li><a href="\(telling.link("/device/" + id))">\(id)</a> \(device.name) \(state.badge.html) \
                \(unverified)</li>
                """
        }
        return items.isEmpty ? "<p class=\"grey\">–</p>" : "<ul class=\"facts\">\(items)</ul>"
    }

    private var ranges: HTML {
        let items = message.readings.map { range -> HTML in
            "<li>\(range.epoch): \(telling.number(range.from)) – \(telling.number(range.to))</li>"
        }
        return items.isEmpty ? "<p class=\"grey\">–</p>" : "<ul class=\"facts\">\(items)</ul>"
    }

    private var history: HTML {
        guard let first = figure.entry.before.first.flatMap({ Instant(iso8601: $0.from) }) else {
            return "<p class=\"grey\">–</p>"
        }
        let count = figure.entry.before.count
        let csv = figure.path.replacing("/figure?", with: "/figures.csv?") + "&before=\(count)"
        let bars = Strip(figure.before, label: "\(figure.name), \(telling.text(GlancePhrase.days, "\(count)"))")
        let rows = figure.entry.before.reversed().prefix(31).map { step -> HTML in
            let value = step.value.map { telling.value(digits: $0) } ?? "–"
            let share = step.completeness.map { telling.percent($0) } ?? ""
            let quality = telling.quality(step.quality, step.reason)
            let from = Instant(iso8601: step.from).map(moment) ?? step.from
            return
                "<tr><td>\(from)</td><td class=\"n\">\(value)</td><td class=\"n\">\(share)</td><td>\(quality)</td></tr>"
        }
        return """
            <figure><figcaption><span>\(moment(first)) –</span><a href="\(csv)">\(telling.text(PagePhrase.asCSV))</a>\
            </figcaption>\(bars.html)</figure>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(telling.text(GlancePhrase.history))"><table>\
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
