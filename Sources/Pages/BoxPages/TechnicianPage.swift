import Control
package import PageParts
import Speech

/// For whoever stands at the open cabinet: a card for each device, the lines and the destinations above.
package struct TechnicianPage: Sendable {
    private let view: BoxView
    private let telling: Telling

    package init(_ view: BoxView, telling: Telling) {
        self.view = view
        self.telling = telling
    }

    package var html: HTML {
        let cards = view.status.devices.map { DeviceCard($0, in: view, telling: telling).html }
        return BoxPage.layout(telling).html(
            Layout.Page(
                title: view.status.gateway,
                subtitle: BoxPage.subtitle(view, telling),
                body: """
                    <p class="notice bad" id="quiet" role="status" hidden>\(telling.text(PagePhrase.quiet))</p>\
                    <div id="facts">\(facts)</div><div class="cards">\(cards)</div>
                    """,
                path: "/",
                scripts: [Asset.live.path],
                refreshes: true
            )
        )
    }

    /// What a live page replaces, by the ids of the places.
    package var parts: [(id: String, html: HTML)] {
        [("now", BoxPage.subtitle(view, telling)), ("facts", facts)]
            + view.status.devices.flatMap { DeviceCard($0, in: view, telling: telling).parts }
    }

    private var facts: HTML {
        let lines = view.status.buses.map { bus -> HTML in
            let devices = view.status.devices.filter { $0.bus == bus.id }
            let answering = devices.count { $0.answering == true }
            let share = telling.text(PagePhrase.answering, "\(answering)", "\(devices.count)")
            return "<li><b>\(bus.id)</b> \(bus.address) · \(share)\(trouble(bus))</li>"
        }
        let destinations = view.status.destinations.map { destination -> HTML in
            "<li><b>→ \(destination.id)</b> \(DestinationText(destination, now: view.now, telling: telling).short)</li>"
        }
        return "<ul class=\"facts\">\(lines)\(destinations)</ul>"
    }

    private func trouble(_ bus: BusStatus) -> HTML {
        let state = LineState(bus, view.status.devices)
        guard !bus.connected else {
            return state.nobodyAnswers ? " \(Badge(.bad, telling.text(PagePhrase.trouble)).html)" : ""
        }
        let words = bus.fault?.sentences.map { telling.text($0.seen) } ?? bus.error ?? ""
        return " \(Badge(.bad, telling.text(PagePhrase.trouble)).html) \(words)"
    }
}
