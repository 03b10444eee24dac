import Domain
import PageParts
import Speech

/// All gateways, a row each, those that need a person first.
struct FleetPage {
    private let rows: [FleetWords]
    /// Its name in the language of the page.
    private let city: String
    private let now: Instant
    private let telling: Telling

    init(_ boxes: [FleetBox], city: String, now: Instant, telling: Telling) {
        rows = FleetBox.sorted(boxes, now: now).map { FleetWords($0, now: now, telling: telling) }
        self.city = city
        self.now = now
        self.telling = telling
    }

    var html: HTML {
        let needy = rows.filter { $0.need != nil }.count
        let summary = telling.text(FleetPhrase.summary, telling.number(rows.count), telling.number(needy))
        return CityPage.layout(telling).html(
            Layout.Page(
                title: telling.text(FleetPhrase.title),
                subtitle: "\(city) · \(telling.clock(now)) · \(summary)",
                body: rows.isEmpty ? "<p class=\"notice\">\(telling.text(FleetPhrase.nobody))</p>" : table,
                path: "/armada",
                refreshes: true,
                kind: "fleet"
            )
        )
    }

    private var table: HTML {
        let heads: [FleetPhrase] = [
            .gateway, .state, .need, .devices, .owed, .clock, .disk, .version, .configuration, .yesterday, .event,
        ]
        let cells = heads.map { "<th scope=\"col\">\(telling.text($0))</th>" as HTML }
        return """
            <div class="wide"><table><thead><tr>\(cells)</tr></thead><tbody>\(rows.map(row))</tbody></table></div>
            """
    }

    private func row(_ words: FleetWords) -> HTML {
        let heard = words.box.heardAt.map { moment in
            telling.text(FleetPhrase.heard, telling.age(milliseconds: (now - moment).wholeMilliseconds))
        }
        let cells = [
            words.devices, words.owed, words.clock, words.free, words.box.version ?? "–", words.configuration,
            words.day, words.event,
        ]
        return """
            <tr><th scope="row">\(words.box.name)</th><td>\(words.badge.html)<br>\
            <span class="grey">\(heard ?? "")</span></td><td>\(words.need ?? "–")</td>\
            \(cells.map { "<td>\($0)</td>" as HTML })</tr>
            """
    }
}
