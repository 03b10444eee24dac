import Domain
import PageParts
import Speech

/// For the city's leaders, on one A4: by theme each figure with its target, how complete it is, and who is silent.
struct CityGlancePage {
    private let glance: CityGlance
    private let boxes: [FleetBox]
    /// Its name in the language of the page.
    private let city: String
    private let now: Instant
    private let telling: Telling

    init(_ glance: CityGlance, _ boxes: [FleetBox], city: String, now: Instant, telling: Telling) {
        self.glance = glance
        self.boxes = boxes
        self.city = city
        self.now = now
        self.telling = telling
    }

    var html: HTML {
        let made = telling.text(CityHTTPPhrase.dataUntil, telling.clock(now))
        return CityPage.layout(telling).html(
            Layout.Page(
                title: telling.text(GlancePhrase.title, city),
                subtitle: "\(telling.longDate(now)) · \(area) · \(made)",
                body: "\(choices)\(table)\(notes)",
                path: "/",
                refreshes: true,
                kind: "glance"
            )
        )
    }

    private var area: String {
        glance.scope == "kota"
            ? telling.text(CityHTTPPhrase.wholeCity)
            : glance.areas.first { $0.scope == glance.scope }?.name ?? glance.scope
    }

    // MARK: What a reader can choose

    private var choices: HTML {
        let windows = CityGlance.windows.map { window in
            link(window: window, scope: glance.scope, name(ofWindow: window), window == glance.window)
        }
        // A city may have a kecamatan that is called Kota.
        let areas = glance.areas.map { area in
            let name = area.scope == "kota" ? telling.text(CityHTTPPhrase.wholeCity) : area.name
            return link(window: glance.window, scope: area.scope, name, area.scope == glance.scope)
        }
        return """
            <p class="noprint choices">\(telling.text(GlancePhrase.window)): \(windows.joined(separator: " · "))<br>\
            \(areas.joined(separator: " · "))</p>
            """
    }

    private func link(window: String, scope: String, _ words: String, _ isHere: Bool) -> HTML {
        let here: HTML = isHere ? " aria-current=\"true\"" : ""
        return "<a href=\"\(telling.link("/?window=\(window)&scope=\(scope)"))\"\(here)>\(words)</a>"
    }

    private func name(ofWindow window: String) -> String {
        let phrases: [String: GlancePhrase] = ["hour": .hour, "day": .day, "month": .month, "year": .year]
        return phrases[window].map { telling.text($0) } ?? window
    }

    // MARK: The figures

    private var table: HTML {
        guard !glance.figures.isEmpty else {
            return "<p class=\"notice\">\(telling.text(CityHTTPPhrase.noFigures))</p>"
        }
        let themes = glance.figures.map(\.theme).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let bodies = themes.map { theme -> HTML in
            let rows = glance.figures.filter { $0.theme == theme }.map(row)
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
        let phrases: [String: GlancePhrase] = [
            "environment": .environment, "mobility": .mobility, "water": .water, "waste": .waste,
        ]
        return phrases[theme].map { telling.text($0) } ?? theme
    }

    private func row(_ figure: CityGlance.Figure) -> HTML {
        let shown = figure.shown
        let name = telling.language == .id ? figure.nameID : figure.nameEN
        let unit = telling.unit(figure.unit)
        let value = shown.value.map { telling.value(digits: $0) } ?? "–"
        let target = shown.target.map { telling.text(GlancePhrase.target, telling.value(digits: $0)) }
        let gateways = shown.gateways.map { telling.text(CityHTTPPhrase.gateways, telling.number($0)) }
        let complete = shown.completeness.map { telling.text(GlancePhrase.data, telling.percent($0)) }
        let label = "\(name), \(telling.text(GlancePhrase.history))"
        let grey: HTML = shown.value == nil || shown.reason != nil ? " class=\"grey\"" : ""
        return """
            <tr\(grey)><td>\(name)<br><span class="grey">\(gateways ?? "")</span></td>\
            <td><span class="grey">\(span(of: shown))</span> <span class="value">\(value)</span> \(unit)<br>\
            <span class="grey">\(target ?? "")</span></td>\
            <td>\(badge(of: shown).html)<br><span class="grey">\(complete ?? "")</span></td>\
            <td>\(Spark(figure.steps, label: label).html)</td></tr>
            """
    }

    private func badge(of window: CityGlance.Window) -> Badge {
        if window.value == nil { return Badge(.unknown, telling.text(GlancePhrase.noData)) }
        if window.reason != nil { return Badge(.unknown, telling.text(GlancePhrase.unsure)) }
        switch window.standing {
        case "met": return Badge(.good, telling.text(GlancePhrase.met))
        case "missed": return Badge(.bad, telling.text(GlancePhrase.missed))
        case "open": return Badge(.unsure, telling.text(GlancePhrase.open))
        default: return Badge(.unknown, telling.text(GlancePhrase.noTarget))
        }
    }

    private func span(of window: CityGlance.Window) -> String {
        switch glance.window {
        case "day": telling.shortDate(window.from)
        case "month": String(telling.date(window.from).drop { $0 != " " }.dropFirst())
        case "year": String(telling.date(window.from).suffix(4))
        default: telling.clock(window.from)
        }
    }

    // MARK: What is not there

    private var notes: HTML {
        let silent = boxes.filter { $0.isSilent(now: now) }.map(\.name).sorted()
        var notes = [
            telling.text(CityHTTPPhrase.gateways, telling.number(boxes.count)) + ", "
                + telling.text(CityHTTPPhrase.silent, telling.number(silent.count)),
            days,
        ]
        if !silent.isEmpty {
            let names = silent.prefix(8).joined(separator: ", ") + (silent.count > 8 ? ", …" : "")
            notes.append(telling.text(CityHTTPPhrase.silentNames, names))
        }
        return "<ul class=\"facts\">\(notes.map { "<li>\($0)</li>" as HTML })</ul>"
    }

    private var days: String {
        guard let days = glance.days else { return telling.text(CityHTTPPhrase.noDays) }
        func count(_ verdict: String) -> String { telling.number(days.counts[verdict] ?? 0) }
        return telling.text(
            CityHTTPPhrase.days,
            days.day,
            count("complete"),
            count("given_up"),
            count("open"),
            count("incomplete")
        )
    }
}
