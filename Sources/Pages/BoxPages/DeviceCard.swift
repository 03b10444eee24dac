package import Control
import Domain
package import PageParts
import Speech

/// A device on the technician's page: its state, the number big, the last ten minutes, and what to check.
package struct DeviceCard: Sendable {
    /// How many further values a card shows.
    private static let few = 5

    private let device: DeviceStatus
    private let view: BoxView
    private let telling: Telling
    private let state: DeviceState

    package init(_ device: DeviceStatus, in view: BoxView, telling: Telling) {
        self.device = device
        self.view = view
        self.telling = telling
        state = DeviceState(device, on: view.bus(of: device), now: view.now, telling: telling)
    }

    /// The whole card; its parts have ids of their own, which live values replace.
    package var html: HTML {
        let place = view.site(device.site)?.name ?? device.site
        return """
            <article class="card" aria-labelledby="name-\(device.id)">\
            <div class="top"><h2 id="name-\(device.id)">\
            <a href="\(path)">\(device.id)</a></h2><span><span id="badge-\(device.id)">\(state.badge.html)</span> \
            <span class="age" id="age-\(device.id)">\(age)</span></span></div>\
            <p class="name">\(device.name) · \(place)</p><div id="card-\(device.id)">\(inside)</div></article>
            """
    }

    /// The parts that live values replace, by their ids.
    package var parts: [(id: String, html: HTML)] {
        [("badge-\(device.id)", state.badge.html), ("age-\(device.id)", age), ("card-\(device.id)", inside)]
    }

    private var path: String { telling.link("/device/" + device.id) }

    private var age: HTML {
        device.ageMilliseconds.map { "\(telling.age(milliseconds: $0))" } ?? "–"
    }

    private var inside: HTML {
        var html = HTML()
        if let main = device.mainPoint {
            let text = PointText(main, telling: telling)
            let label = "\(text.title), \(telling.text(PagePhrase.tenMinutes))"
            html += """
                <p class="big">\(text.number) <span class="unit">\(text.unit)\(text.meanings)</span>\
                <span class="what">\(text.title)</span></p>\
                \(Spark(view.spark(of: device.id, main.name), label: label).html)
                """
        }
        if let seen = state.seen { html += "<p class=\"why\">\(seen)</p>" }
        if let check = state.check { html += "<p class=\"check\">\(telling.text(PagePhrase.check, check))</p>" }
        if !device.verified { html += "<p class=\"why grey\">\(telling.text(PagePhrase.unverified))</p>" }
        let others = device.points.filter { $0.name != device.mainPoint?.name }
        if !others.isEmpty {
            let rows = others.prefix(Self.few).map { point -> HTML in
                let text = PointText(point, telling: telling)
                return "<dt>\(text.title)</dt><dd>\(text.html(telling))</dd>"
            }
            html += "<dl>\(rows)</dl>"
        }
        if others.count > Self.few {
            let rest = telling.text(PagePhrase.more, "\(others.count - Self.few)")
            html += "<p class=\"why\"><a href=\"\(path)\">\(rest)</a></p>"
        }
        return html
    }
}
