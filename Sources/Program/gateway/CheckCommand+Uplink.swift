import Contract
import Daemon
import Documents
import Domain
import Forwarding
import Indicators
import Installation
import Platform
import Profiles
import Speech

extension CheckCommand {
    /// What the uplink to each destination will carry, a line each, with its indent.
    static func uplink(of deployment: Deployment, in language: Language) -> [String] {
        let configuration = deployment.configuration
        // At noon no window has just begun.
        let day: Int64 = 86_400_000
        let today = SystemClock().stamp().time.millisecondsSince1970.flooredDivision(by: day).quotient * day
        let plan = UplinkPlan(configuration, at: Instant(millisecondsSince1970: today + 5 * 3_600_000))
        let figures = FigureTraffic(
            deployment.indicators,
            samples: plan.readings,
            topics: Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway),
            timezone: configuration.timezone,
            offset: 7 * 3_600
        )
        var lines = configuration.destinations.flatMap { destination in
            let text = UplinkText(destination, plan, figures, count: deployment.indicators.figureCount)
            return text.lines(in: language)
        }
        if configuration.devices.contains(where: { $0.profile.mqtt != nil }) {
            lines.append(Sentence(UplinkPhrase.assumed).text(in: language))
        }
        return lines
    }
}

/// The estimate for one destination, as a person reads it: 80 columns.
struct UplinkText {
    private let destination: Destination
    private let estimate: UplinkEstimate
    private let connection: Int64
    private let figures: (sent: Int, all: Int)

    init(_ destination: Destination, _ plan: UplinkPlan, _ figures: FigureTraffic, count: Int) {
        self.destination = destination
        let tls = destination.broker.addresses.contains { $0.tls }
        let wire = UplinkEstimate.Wire(tls: tls, keepalive: destination.keepalive)
        let selection = destination.indicators
        let streams = plan.readingStreams(to: destination) + figures.streams(for: selection) + [plan.statusStream]
        estimate = UplinkEstimate(streams, over: wire)
        let greetings = [plan.greeting, figures.greeting(for: selection)]
        connection = greetings.reduce(wire.handshake) { sum, greeting in
            sum + greeting.bytes + Int64(Double(greeting.messages) * wire.besideMessage)
        }
        self.figures = (figures.count(for: selection), count)
    }

    func lines(in language: Language) -> [String] {
        func text(_ phrase: UplinkPhrase, _ arguments: String...) -> String {
            Sentence(phrase, arguments: arguments).text(in: language)
        }
        func bytes(_ of: (UplinkEstimate.Day) -> Double, days: Double = 1) -> String {
            let (least, most) = (of(estimate.least) * days, of(estimate.most) * days)
            let (low, high) = (ByteCount.text(Int64(least), in: language), ByteCount.text(Int64(most), in: language))
            return low == high ? high : text(.range, low, high)
        }
        var lines = [text(.estimate, destination.id, bytes(\.total), bytes(\.total, days: UplinkEstimate.daysPerMonth))]
        if let budget = destination.budget {
            let shares = estimate.shares(of: budget)
            let (least, most) = (Int((shares.least * 100).rounded()), Int((shares.most * 100).rounded()))
            let percent = least == most ? "\(most)" : text(.range, "\(least)", "\(most)")
            let size = ByteCount.text(budget.bytes, in: language)
            lines.append("  " + text(budget.period == .day ? .budgetOfDay : .budgetOfMonth, percent, size))
        }
        func row(_ name: UplinkPhrase, _ bytes: String, _ rate: String = "") {
            let cells = [(name.wording[language], 16), (bytes, rate.isEmpty ? 0 : 22), (rate, 0)]
            lines.append("  " + cells.map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined())
        }
        for (kind, name) in [
            (TrafficKind.readings, UplinkPhrase.readings), (.events, .events), (.indicators, .indicators),
            (.rest, .rest),
        ] {
            guard let messages = estimate.most.messages[kind], messages > 0 else {
                if kind == .events { row(name, text(.asTheyCome)) }
                continue
            }
            let (least, most) = (Self.rate(estimate.least.messages[kind] ?? 0), Self.rate(messages))
            let rates = (least == most ? [most] : [least, most]).map { language.number($0) }
            let rate = rates.count == 2 ? text(.range, rates[0], rates[1]) : rates[0]
            row(name, bytes { $0.bytes[kind] ?? 0 }, text(.aMinute, rate))
        }
        row(.around, bytes { $0.overhead + $0.received })
        lines.append("  " + text(.connection, ByteCount.text(connection, in: language)))
        let more = leftOut.flatMap { StyledText.wrapped(StyledText($0.text(in: language)), to: 74).map(\.plain) }
        return lines + more.map { "  " + $0 }
    }

    /// What a destination does not get of the figures.
    private var leftOut: [Sentence] {
        let selection = destination.indicators
        let words =
            FigureSelection.Scope.allCases.filter { !selection.scopes.contains($0) }.map(\.rawValue)
            + FigureSelection.Window.allCases.filter { !selection.windows.contains($0) }.map(\.rawValue)
        var sentences: [Sentence] = []
        if !words.isEmpty {
            let list = words.joined(separator: ", ")
            sentences.append(
                Sentence(UplinkPhrase.someFigures, destination.id, "\(figures.sent)", "\(figures.all)", list)
            )
        }
        switch selection.open {
        case .asTheyChange: break
        case .every(let pause): sentences.append(Sentence(UplinkPhrase.openFigures, destination.id, pause.inWords))
        case .never: sentences.append(Sentence(UplinkPhrase.noOpenFigures, destination.id))
        }
        return sentences
    }

    /// Messages a minute, with a decimal below ten.
    private static func rate(_ perDay: Double) -> String {
        let tenths = Int((perDay / 144).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
    }
}
