import Contract
package import Control
import Domain
package import PageParts
import Speech

/// For the city's leaders, on one A4: by theme each figure with its target, how sure it is, and the windows before.
package struct GlancePage: Sendable {
    private let view: BoxView
    /// They are of the last window that has ended, where there is one, since that one is whole.
    private let figures: [FigureText]
    /// The open windows, by their places in the catalogue.
    private let open: [String: FigureText]
    private let request: FigureRequest
    private let telling: Telling
    /// The windows that a reader can choose, and the lengths of the line.
    package static let windows = ["day", "month", "year", "hour"]
    package static func lengths(of window: String) -> [Int] {
        switch window {
        case "hour": [24, 168]
        case "month": [12, 24]
        case "year": [5, 10]
        default: [30, 90, 366]
        }
    }

    package init(_ view: BoxView, _ report: FigureReport, _ request: FigureRequest, telling: Telling) {
        self.view = view
        self.request = request
        self.telling = telling
        let sites = view.status.sites ?? []
        let all = report.figures.compactMap { FigureText($0, sites: sites, telling: telling) }
        // A place's own figure says more than the sum of which it is the only part.
        let ofSites = Set(all.filter { $0.message.scope.hasPrefix("site-") }.map(\.message.indicator))
        let shown = all.filter { figure in
            figure.message.scope.hasPrefix("site-")
                || (figure.message.scope == "gateway"
                    && (figure.entry.registered != nil || !ofSites.contains(figure.message.indicator)))
        }
        open = Dictionary(shown.map { ($0.path, $0) }) { first, _ in first }
        figures = shown.map { FigureText($0.entry, closed: true, sites: sites, telling: telling) ?? $0 }
    }

    package var html: HTML {
        let now = telling.text(GlancePhrase.dataUntil, telling.clock(view.now))
        return BoxPage.layout(telling).html(
            Layout.Page(
                title: title,
                subtitle: "\(telling.longDate(view.now)) · \(now)",
                body: "\(choices)\(table)\(notes)",
                path: "/kota",
                refreshes: true,
                kind: "glance"
            )
        )
    }

    private var title: String {
        view.status.city?[telling.language.rawValue].map { telling.text(GlancePhrase.title, $0) }
            ?? telling.text(GlancePhrase.titleOfNoCity)
    }

    // MARK: What a reader can choose

    private var choices: HTML {
        let windows = Self.windows.map { window -> HTML in
            link(
                "/kota?window=\(window)&before=\(request.before)",
                Self.name(ofWindow: window, telling),
                window == request.window
            )
        }
        let lengths = Self.lengths(of: request.window).map { length -> HTML in
            let words = telling.text(GlancePhrase.days, "\(length)")
            return link("/kota?window=\(request.window)&before=\(length)", words, length == request.before)
        }
        let csv = "/figures.csv?window=\(request.window)&before=\(request.before)"
        return """
            <p class="noprint choices">\(telling.text(GlancePhrase.window)): \(windows.joined(separator: " · "))<br>\
            \(lengths.joined(separator: " · ")) · <a href="\(csv)">\(telling.text(PagePhrase.asCSV))</a></p>
            """
    }

    private func link(_ path: String, _ words: String, _ isHere: Bool) -> HTML {
        let here: HTML = isHere ? " aria-current=\"true\"" : ""
        return "<a href=\"\(telling.link(path))\"\(here)>\(words)</a>"
    }

    static func name(ofWindow window: String, _ telling: Telling) -> String {
        let phrases: [String: GlancePhrase] = [
            "15min": .quarterHour, "hour": .hour, "day": .day, "month": .month, "year": .year,
        ]
        return phrases[window].map { telling.text($0) } ?? window
    }

    // MARK: The figures

    private var table: HTML {
        guard !figures.isEmpty else {
            return "<p class=\"notice\">\(telling.text(GlancePhrase.noFigures))</p>"
        }
        let themes = figures.map(\.message.theme).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let bodies = themes.map { theme -> HTML in
            let rows = figures.filter { $0.message.theme == theme }.map(row)
            return """
                <tbody><tr class="theme"><th colspan="4" scope="rowgroup">\(name(ofTheme: theme))</th></tr>\
                \(rows)</tbody>
                """
        }
        let heads = [GlancePhrase.figure, .value, .state, .line].map {
            "<th scope=\"col\">\(telling.text($0))</th>" as HTML
        }
        return "<table><thead><tr>\(heads)</tr></thead>\(bodies)</table>"
    }

    private func name(ofTheme theme: String) -> String {
        switch theme {
        case "environment": telling.text(GlancePhrase.environment)
        case "mobility": telling.text(GlancePhrase.mobility)
        case "water": telling.text(GlancePhrase.water)
        case "waste": telling.text(GlancePhrase.waste)
        default: theme
        }
    }

    private func row(_ figure: FigureText) -> HTML {
        let grey: HTML = figure.isSure ? "" : " class=\"grey\""
        let label = "\(figure.name), \(telling.text(GlancePhrase.history))"
        let unit = figure.unit.isEmpty ? "" : " " + figure.unit
        let now = open[figure.path].flatMap { $0.message.from == figure.message.from ? nil : $0 }
        let soFar = now.map { telling.text(GlancePhrase.soFar, span($0), $0.valueWithUnit) }
        let registered = figure.entry.registered.map { telling.text(GlancePhrase.unitsActive, figure.value, "\($0)") }
        let beside = [figure.peak, figure.target, registered, soFar]
        return """
            <tr\(grey)><td><a href="\(telling.link(figure.path))">\(figure.name)</a><br>\
            <span class="grey">\(figure.place)</span></td>\
            <td><span class="grey">\(span(figure))</span> <span class="value">\(figure.value)</span>\(unit)<br>\
            <span class="grey">\(beside.compactMap(\.self).joined(separator: " · "))</span></td>\
            <td>\(figure.badge.html)<br><span class="grey">\(figure.completeness)</span></td>\
            <td>\(Spark(figure.before, label: label).html)</td></tr>
            """
    }

    /// `28 Nov`, `Nov 2026`, `2026`, `07.00 WIB`: which window it is.
    private func span(_ figure: FigureText) -> String {
        let from = figure.message.from
        switch figure.message.window {
        case "day": return telling.shortDate(from)
        case "month": return String(telling.date(from).drop { $0 != " " }.dropFirst())
        case "year": return String(telling.date(from).suffix(4))
        default: return telling.clock(from)
        }
    }

    // MARK: What is not there

    private var notes: HTML {
        var notes: [String] = []
        for figure in figures {
            guard let registered = figure.entry.registered else { continue }
            // A unit that is quiet today is installed all the same.
            let sites = Set(figure.entry.devices.compactMap { view.device($0)?.site })
            let missing = registered - sites.count
            if missing <= 0 { continue }
            notes.append(telling.text(GlancePhrase.notInstalled, "\(telling.number(missing)) (\(figure.name))"))
        }
        let unverified = view.status.devices.filter { !$0.verified }
        if !unverified.isEmpty {
            let names = unverified.prefix(5).map(\.name).joined(separator: ", ")
            let count = telling.number(unverified.count)
            notes.append(
                telling.text(GlancePhrase.notVerified, "\(count) (\(names)\(unverified.count > 5 ? ", …" : ""))")
            )
        }
        return notes.isEmpty ? "" : "<ul class=\"facts\">\(notes.map { "<li>\($0)</li>" as HTML })</ul>"
    }
}
