package import Control
import Domain
package import PageParts
import Speech

/// For whoever answers for the box: a day of each line, what waits and why, events, and what it runs with.
package struct OperatorPage: Sendable {
    private let view: BoxView
    private let events: RecentEvents?
    private let change: ConfigurationChange?
    let telling: Telling

    package init(_ view: BoxView, events: RecentEvents?, change: ConfigurationChange?, telling: Telling) {
        self.view = view
        self.events = events
        self.change = change
        self.telling = telling
    }

    package var html: HTML {
        BoxPage.layout(telling).html(
            Layout.Page(
                title: say(PagePhrase.operatorPage) + " " + view.status.gateway,
                subtitle: BoxPage.subtitle(view, telling),
                body: """
                    \(summary)<h2>\(say(OperatorPhrase.buses))</h2>\(buses)\
                    <h2>\(say(OperatorPhrase.destinations))</h2>\(destinations)\
                    <h2>\(say(PagePhrase.technician))</h2>\(devices)\
                    <h2>\(say(OperatorPhrase.events))</h2>\(eventList)\
                    <h2>\(say(OperatorPhrase.journal))</h2>\(box)
                    """,
                path: "/operator",
                refreshes: true
            )
        )
    }

    func say(_ phrase: some Phrase, _ blanks: String...) -> String {
        Sentence(phrase, arguments: blanks).text(in: telling.language)
    }

    private var summary: HTML {
        let status = view.status
        let since = telling.moment(status.since, now: view.now)
        let answering = status.devices.count { $0.answering == true }
        let words = say(OperatorPhrase.running, since, status.version, status.epoch)
        let same: Badge =
            change.map {
                $0.isSame
                    ? Badge(.good, say(OperatorPhrase.sameAsDisk)) : Badge(.unsure, say(OperatorPhrase.differsFromDisk))
            }
            ?? Badge(.unknown, say(OperatorPhrase.configuration))
        return """
            <ul class="facts"><li>\(words)</li>\
            <li>\(say(StatusPhrase.answering, "\(answering)", "\(status.devices.count)"))</li>\
            <li>\(same.html) <a href="\(telling.link("/configuration"))">\(say(OperatorPhrase.configuration))</a> \
            \(status.configuration)</li></ul>
            """
    }

    // MARK: Lines

    private var buses: HTML {
        view.status.buses.map { bus in
            let line = LineState(bus, view.status.devices)
            let isWell = bus.connected && !line.nobodyAnswers
            let badge = isWell ? Badge(.good, say(PagePhrase.good)) : Badge(.bad, say(PagePhrase.trouble))
            let answering = say(PagePhrase.answering, "\(line.answering)", "\(line.devices)")
            let why =
                bus.connected ? nil : bus.fault?.sentences.map { "\(telling.text($0.seen)). \(telling.text($0.next))" }
            let counts = say(OperatorPhrase.sinceStart, telling.number(bus.requests), telling.number(bus.errors))
            let load = bus.load.map { " · \(say(OperatorPhrase.load)) \(telling.percent($0))" } ?? ""
            let history = view.day?.buses.first { $0.bus == bus.id }
            return """
                <article class="card"><div class="top"><h3>\(bus.id)</h3>\(badge.html)</div>\
                <p class="name">\(bus.address) · \(answering)</p><p class="why">\(counts)\(load)</p>\
                \(why.map { "<p class=\"check\">\($0)</p>" as HTML } ?? "")\
                \(history.map(strips) ?? "<p class=\"grey\">\(say(OperatorPhrase.noHistory))</p>")</article>
                """ as HTML
        }
        .joined()
    }

    private func strips(_ bus: BusHistory) -> HTML {
        let errors = zip(bus.crcErrors, zip(bus.exceptions, bus.otherErrors)).map { Double($0 + $1.0 + $1.1) }
        let lost = zip(bus.timeouts, bus.missed).map { Double($0 + $1) }
        let rows: [(String, [Double?], Double?, String)] = [
            (say(OperatorPhrase.load), bus.load, 1, most(bus.load).map { telling.percent($0) } ?? "–"),
            (
                "CRC, " + say(StatusPhrase.errors).lowercased(), errors, nil,
                "\(telling.number(bus.crcErrors.reduce(0, +))), \(telling.number(Int(errors.reduce(0, +))))"
            ),
            (
                say(OperatorPhrase.lost) + ", " + say(OperatorPhrase.missed), lost, nil,
                "\(telling.number(bus.timeouts.reduce(0, +))), \(telling.number(bus.missed.reduce(0, +)))"
            ),
            (
                say(OperatorPhrase.latency), bus.slowest, nil,
                [most(bus.median), most(bus.slowest)].map { $0.map { telling.number($0.rounded()) + " ms" } ?? "–" }
                    .joined(separator: ", ")
            ),
        ]
        let body = rows.filter { row in row.1.contains { $0 != nil } }.map { name, values, full, sum -> HTML in
            let strip = Strip(values, full: full, label: "\(name), \(say(PagePhrase.day)): \(sum)")
            return "<tr><th scope=\"row\">\(name)</th><td class=\"n\">\(sum)</td><td>\(strip.html)</td></tr>"
        }
        return """
            <table><caption class="skip">\(bus.bus)</caption><tbody>\(body)</tbody></table>\
            <p class="why"><a href="/bus.csv?bus=\(bus.bus)">\(say(PagePhrase.asCSV))</a></p>
            """
    }

    private func most(_ values: [Double?]) -> Double? { values.compactMap(\.self).max() }

    // MARK: Destinations

    private var destinations: HTML {
        view.status.destinations.map { destination in
            let text = DestinationText(destination, now: view.now, telling: telling)
            let why = text.why.map { "<p class=\"why\">\($0)</p>" as HTML }
            let traffic = destination.traffic.map { traffic in
                [
                    say(OperatorPhrase.today, telling.bytes(traffic.today.total)),
                    say(OperatorPhrase.month, telling.bytes(traffic.month.total)),
                ]
                .joined(separator: ", ")
            }
            let sent = "\(say(StatusPhrase.sent)) \(telling.number(destination.acknowledged))"
            return """
                <article class="card"><div class="top"><h3>\(destination.id)</h3><span>\(text.short)</span></div>\
                <p class="name">\(destination.address)</p>\(why)\
                <p class="why">\(sent)\(traffic.map { " · " + $0 } ?? "")</p></article>
                """ as HTML
        }
        .joined()
    }

    // MARK: Devices

    private var devices: HTML {
        let rows = view.status.devices.map { device -> HTML in
            let state = DeviceState(device, on: view.bus(of: device), now: view.now, telling: telling)
            let age = device.ageMilliseconds.map { telling.age(milliseconds: $0) } ?? "–"
            let counts = [device.readings, device.failures, device.missed].map {
                "<td class=\"n\">\(telling.number($0))</td>" as HTML
            }
            return """
                <tr><th scope="row"><a href="\(telling.link("/device/" + device.id))">\(device.id)</a></th>\
                <td>\(state.badge.html) \(state.seen ?? "")</td><td class="n">\(age)</td>\(counts)</tr>
                """
        }
        let heads = [
            say(OperatorPhrase.device), say(OperatorPhrase.state), say(StatusPhrase.age), say(OperatorPhrase.readings),
            say(OperatorPhrase.failures), say(OperatorPhrase.missed).uppercased(),
        ]
        return table(heads, numbers: 2, rows)
    }

    private var eventList: HTML {
        guard let events, !events.events.isEmpty else { return "<p class=\"grey\">\(say(OperatorPhrase.noEvents))</p>" }
        let rows = events.events.prefix(100).map { event -> HTML in
            let kind: Badge.Kind = event.severity == "alarm" ? .bad : event.severity == "warning" ? .unsure : .good
            let who = [event.device, event.site].compactMap(\.self).first ?? ""
            return """
                <tr><td>\(telling.moment(event.time, now: view.now))</td>\
                <td>\(Badge(kind, event.name).html)</td><td>\(who)</td><td>\(event.data)</td></tr>
                """
        }
        let heads = [
            say(OperatorPhrase.time), say(OperatorPhrase.event), say(OperatorPhrase.device),
            say(OperatorPhrase.details),
        ]
        return table(heads, numbers: 9, rows)
    }

    /// - Parameter numbers: from which column on there are numbers.
    private func table(_ heads: [String], numbers: Int, _ rows: [HTML]) -> HTML {
        let head = heads.enumerated().map { place, head in
            (place >= numbers ? "<th scope=\"col\" class=\"n\">\(head)</th>" : "<th scope=\"col\">\(head)</th>") as HTML
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(heads[0])"><table>\
            <thead><tr>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    // MARK: The box itself

    private var box: HTML {
        let journal = view.status.journal
        let used = say(
            OperatorPhrase.stored,
            telling.bytes(journal.bytes),
            telling.bytes(journal.limit),
            telling.number(journal.stored)
        )
        var facts: [HTML] = ["\(used)", "\(say(OperatorPhrase.waiting, telling.number(journal.waiting)))"]
        if journal.lost > 0 {
            facts.append("\(Badge(.bad, telling.number(journal.lost) + " " + say(OperatorPhrase.lost)).html)")
        }
        if journal.isStalled { facts.append("\(Badge(.bad, say(StatusPhrase.stalled)).html)") }
        let clock: PagePhrase = view.status.clock == .synchronised ? .clockGood : .clockUnset
        facts.append("\(Badge(view.status.clock == .synchronised ? .good : .unsure, say(clock)).html)")
        facts += machine.map { "\($0)" }
        return "<ul class=\"facts\">\(facts.map { "<li>\($0)</li>" as HTML })</ul>"
    }

    /// Disk, memory, temperature and how long the box is on, as far as it says them.
    private var machine: [String] {
        guard let box = view.status.box else { return [] }
        func share(_ phrase: OperatorPhrase, _ free: Int64?, _ size: Int64?) -> String? {
            guard let free, let size else { return nil }
            return say(phrase, telling.bytes(free), telling.bytes(size))
        }
        let hottest = box.temperatures?.map(\.celsius).max()
        return [
            share(.disk, box.diskFree, box.diskSize), share(.memory, box.memoryAvailable, box.memorySize),
            hottest.map { say(OperatorPhrase.temperature, telling.number($0.rounded())) },
            box.uptimeSeconds.map { say(OperatorPhrase.uptime, telling.age(milliseconds: Int64($0 * 1_000))) },
        ]
        .compactMap(\.self)
    }
}
