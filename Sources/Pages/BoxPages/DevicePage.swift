import Control
import Domain
package import PageParts
import Speech

/// All values of one device, with their day; and what can be asked of it.
package struct DevicePage: Sendable {
    private let device: DeviceStatus
    private let view: BoxView
    private let telling: Telling
    /// What a person can ask for; empty without a PIN.
    private let actions: HTML
    private let scripts: [String]
    private let styles: [String]

    /// - Returns: nil where the gateway has no such device.
    package init?(
        _ id: String,
        in view: BoxView,
        telling: Telling,
        actions: HTML = "",
        scripts: [String] = [],
        styles: [String] = []
    ) {
        guard let device = view.device(id) else { return nil }
        self.device = device
        self.view = view
        self.telling = telling
        self.actions = actions
        self.scripts = scripts
        self.styles = styles
    }

    package var html: HTML {
        BoxPage.layout(telling).html(
            Layout.Page(
                title: device.id,
                subtitle: "\(device.name) · \(place) · \(BoxPage.subtitle(view, telling))",
                body: """
                    \(state)\(values)\(actions)<h2>\(telling.text(PagePhrase.day))</h2>\(charts)
                    """,
                path: "/device/\(device.id)",
                scripts: scripts + [Asset.charts.path],
                styles: styles,
                refreshes: true
            )
        )
    }

    private var place: String {
        let site = view.site(device.site)
        return [site?.name ?? device.site, site?.kelurahan, site?.kecamatan].compactMap(\.self).joined(separator: ", ")
    }

    private var state: HTML {
        let state = DeviceState(device, on: view.bus(of: device), now: view.now, telling: telling)
        let age = device.ageMilliseconds.map { telling.text(PagePhrase.ago, telling.age(milliseconds: $0)) } ?? ""
        var html: HTML = "<p>\(state.badge.html) <span class=\"age\">\(age)</span></p>"
        if let seen = state.seen { html += "<p class=\"why\">\(seen)</p>" }
        if let check = state.check { html += "<p class=\"check\">\(telling.text(PagePhrase.check, check))</p>" }
        return html
    }

    private var values: HTML {
        let rows = device.points.map { point -> HTML in
            let text = PointText(point, telling: telling)
            let isGood = point.quality == QualityPhrase.good.rawValue
            let quality = isGood ? "" : telling.quality(point.quality, point.reason)
            let spark = Spark(view.spark(of: device.id, point.name), label: text.title)
            return """
                <tr><th scope="row">\(text.title)</th><td class="n">\(text.html(telling))</td>\
                <td>\(quality)</td><td>\(spark.html)</td></tr>
                """
        }
        return """
            <div class="scroll" tabindex="0"><table><caption>\(telling.text(PagePhrase.allPoints))</caption>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private var charts: HTML {
        guard let day = view.day else { return "<p class=\"grey\">\(telling.text(PagePhrase.noValues))</p>" }
        let figures = device.points.compactMap { point -> HTML? in
            guard let history = day.points.first(where: { $0.device == device.id && $0.point == point.name }),
                !history.isEmpty
            else { return nil }
            return figure(point, history, day)
        }
        return figures.isEmpty ? "<p class=\"grey\">\(telling.text(PagePhrase.noValues))</p>" : figures.joined()
    }

    private func figure(_ point: PointStatus, _ history: PointHistory, _ day: History) -> HTML {
        let title = telling.language.title(point.name, point.shown?.label)
        let unit = telling.unit(history.unit)
        let csv = "/history.csv?device=\(device.id)&point=\(point.name)"
        let known = (least: history.least.compactMap(\.self).min(), greatest: history.greatest.compactMap(\.self).max())
        let range = [known.least, known.greatest].compactMap(\.self).map { telling.number($0) }.joined(separator: " – ")
        let chart = Chart(
            history.series,
            from: day.began,
            step: day.step,
            label: "\(title), \(telling.text(PagePhrase.day)): \(range) \(unit)",
            csv: csv,
            telling: telling
        )
        return """
            <figure><figcaption><b>\(title)</b><span>\(range) \(unit) · \
            <a href="\(csv)">\(telling.text(PagePhrase.asCSV))</a></span></figcaption>\(chart.html)</figure>
            """
    }
}
